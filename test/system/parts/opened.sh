part "A folder outside of /srv that pictures are taken out of"
inside sh -c "cp $configuration /root/good.yaml
install -d -m 2770 -g retraind /data/pictures
sed -i 's#watch: .*#watch: [{path: /data/pictures, settle: 1s, after_upload: delete}]#' $configuration
systemctl reload retraind"
reason_names_the_command() { inside retraind status --json | grep -F 'ReadWritePaths=\"-/data/pictures\"'; }
fact the project is not ready and its reason has the command -- until_true 60 reason_names_the_command
said_by_check() { inside retraind check 2>&1 || true; }
command=$(said_by_check | sed -n 's/.*to open it: //p' | sed 's/sudo //g')
fact check names the same command -- is "${command%%folders.conf*}" \
  "mkdir -p /etc/systemd/system/retraind.service.d && printf '[Service]\nReadWritePaths=\"-/data/pictures\"\n' | tee -a /etc/systemd/system/retraind.service.d/"
echo "$command" | shown
fact the command runs -- inside sh -c "$command"

part "A tag folder that its maker has closed to the group"
drop badger 95 95 /data/pictures
reason_names_the_folder() { inside retraind status --json | grep -F '/data/pictures/badger: Permission denied'; }
fact the picture arrives, and the reason names what cannot be emptied -- until_true 60 reason_names_the_folder
reason() { inside retraind status --json | /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)["projects"][0]["reason"])'; }
opening=$(reason | sed -n "s/.*made later: sudo \(setfacl .*'\).*/\1/p")
echo "$opening" | shown
fact the command in it runs -- inside sh -c "${opening:-false}"
drop otter 96 96 /data/pictures
emptied() { is "$(inside find /data/pictures -name 96.jpg | wc -l) $(on_the_service otter)" "0 1"; }
fact then a picture in a new tag folder arrives and is deleted -- until_true 60 emptied
inside sh -c "cp /root/good.yaml $configuration
rm -r /etc/systemd/system/retraind.service.d && systemctl daemon-reload && systemctl restart retraind"
