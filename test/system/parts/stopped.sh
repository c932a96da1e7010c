part "systemctl stop with a request in flight: the service takes 60 s to answer"
inside sh -c 'echo "{\"rules\": [{\"operation\": \"CreateImagesFromFiles\", \"delay_answer_ms\": 60000}]}" \
  >/etc/sandbox-faults.json'
drop fox 4 4
in_flight() { sh -c "echo '$(property StatusText)' | grep -q 'in flight'"; }
fact a request is in flight -- until_true 30 in_flight
property StatusText | shown
begun=$SECONDS
inside systemctl stop retraind
took=$((SECONDS - begun))
fact stop took at most 25 s -- test "$took" -le 25
echo "        it took $took s"
fact it ended well -- property_is Result success
fact with exit code 0 -- property_is ExecMainStatus 0
fact the picture is where it was -- inside test -f /srv/drop/wildlife/fox/4.jpg
inside sh -c 'echo "{\"rules\": []}" >/etc/sandbox-faults.json'
inside systemctl start retraind
sent_again() { [ "$(on_the_service fox)" = 4 ] && nothing_waits; }
fact after the next start it is there, once -- until_true 90 sent_again
