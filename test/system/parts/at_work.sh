part "A local service, the configuration, the key, a drop folder"
mkdir -p "$root/etc/systemd/system/customvision-sandbox.service.d"
inside sh -c 'echo "{\"rules\": []}" >/etc/sandbox-faults.json
cat >/etc/systemd/system/customvision-sandbox.service.d/faults.conf <<END
[Service]
ExecStart=
ExecStart=/usr/bin/customvision-sandbox --data /var/lib/customvision-sandbox --faults /etc/sandbox-faults.json
END
systemctl daemon-reload
systemctl start customvision-sandbox'
sandbox_answers() { inside test -s /var/lib/customvision-sandbox/ca.pem; }
fact the sandbox runs as a user of its own -- until_true 10 sandbox_answers
inside sh -c 'install -m 644 /var/lib/customvision-sandbox/ca.pem /etc/retraind/sandbox-ca.pem
install -m 640 -g retraind /var/lib/customvision-sandbox/training-key /etc/retraind/training-key
cat >/etc/retraind/retraind.yaml <<END
service: {endpoint: "https://127.0.0.1:8443", ca_file: /etc/retraind/sandbox-ca.pem}
projects:
  - name: wildlife
    create: {type: Classification, domain: General, classification: Multiclass}
    watch: [{path: /srv/drop/wildlife, settle: 1s}]
    batch: {linger: 1s}
END
sed "s#^service: {#&training_key_file: /root/asking-key, #" /etc/retraind/retraind.yaml >/root/asking.yaml
install -m 600 /etc/retraind/training-key /root/asking-key
useradd --groups retraind camera
install -d -m 2770 -o root -g retraind /srv/drop/wildlife'
fact check finds nothing wrong -- inside retraind check
looked_as_the_service() { inside retraind check | grep -Fx 'looked at as the user retraind, as retraind.service runs'; }
fact it looks with the rights of the service -- looked_as_the_service
fact so it finds a key that only root may read -- inside sh -c 'chmod 600 /etc/retraind/training-key
retraind check
code=$?
chmod 640 /etc/retraind/training-key
[ $code = 1 ]'
fact systemctl start returns when it is ready -- inside systemctl start retraind
fact it is active -- active
first_pid=$(property MainPID)
fact it runs as the user retraind -- is "$(inside ps -o user= -p "$first_pid")" retraind

part "A picture is dropped by a person of the group"
drop fox 1 1
fact it arrives: the service has it under its tag -- until_true 30 service_has fox 1
fact the file stays where it is -- is "$(dropped)" 1
nothing_waits() { property_is StatusText "wildlife: nothing waits"; }
fact the status text says what it does -- until_true 20 nothing_waits
property StatusText | shown

part "A second instance: systemctl start retraind@line2"
inside sh -c 'sed "s#/srv/drop/wildlife#/srv/drop/line2#; s#name: wildlife#name: line2#" \
  /etc/retraind/retraind.yaml >/etc/retraind/line2.yaml
install -d -m 2770 -g retraind /srv/drop/line2
systemctl start retraind@line2'
fact it runs beside the first -- active retraind@line2.service
fact with a state of its own -- mode_is /var/lib/retraind/line2 "750 retraind retraind"
answers() { inside retraind status -c "$1" >/dev/null; }
fact its status is at a socket of its own -- until_true 20 answers /etc/retraind/line2.yaml
inside systemctl stop retraind
fact it goes on when the first one stops -- active retraind@line2.service
fact and still answers there -- answers /etc/retraind/line2.yaml
inside systemctl start retraind
fact the first one starts again beside it -- until_true 20 answers "$configuration"
