part "retraind retry: what the service refused is put back in line"
inside sh -c 'echo "{\"rules\": [{\"operation\": \"CreateImagesFromFiles\", \"image_status\": {\"*97.jpg\": \"ErrorImageFormat\"}}]}" \
  >/etc/sandbox-faults.json'
drop wolf 97 97
fact a picture is rejected -- until_true 30 journal_has 'ErrorImageFormat'
fact status counts it -- sh -c "nsenter --all --target $leader retraind status --json | grep -q '\"rejected\": *1'"
inside sh -c 'echo "{\"rules\": []}" >/etc/sandbox-faults.json'
fact retraind retry asks the service that runs -- inside retraind retry /srv/drop/wildlife/wolf
fact the picture arrives -- until_true 30 service_has wolf 1
