part "retraind retry: what the service refused is put back in line"
inside sh -c 'echo "{\"rules\": [{\"operation\": \"CreateImagesFromFiles\", \"image_status\": {\"*97.jpg\": \"ErrorImageFormat\"}}]}" \
  >/etc/sandbox-faults.json'
drop wolf 97 97
fact a picture is rejected -- until_true 30 journal_has 'ErrorImageFormat'
rejected_are() {
  is "$(inside retraind status --json |
    /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)["projects"][0]["totals"]["rejected"])')" "$1"
}
fact status counts it -- until_true 10 rejected_are 1
inside sh -c 'echo "{\"rules\": []}" >/etc/sandbox-faults.json'
fact retraind retry asks the service that runs -- inside retraind retry /srv/drop/wildlife/wolf
fact the picture arrives -- until_true 30 service_has wolf 1
fact and counts as rejected no more -- rejected_are 0
