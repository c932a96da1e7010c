part "A key handed over by LoadCredential=, and none in /etc/retraind"
inside sh -c 'mv /etc/retraind/training-key /root/training-key
mkdir -p /etc/systemd/system/retraind.service.d
printf "[Service]\nLoadCredential=training-key:/root/training-key\n" >/etc/systemd/system/retraind.service.d/key.conf
systemctl daemon-reload
systemctl restart retraind'
fact it runs -- until_true 20 active
fact check finds that key -- inside retraind check
drop wolf 98 98
fact with that key: a picture arrives -- until_true 30 service_has wolf 2
inside sh -c 'install -m 640 -g retraind /root/training-key /etc/retraind/training-key
rm -r /root/training-key /etc/systemd/system/retraind.service.d
systemctl daemon-reload
systemctl restart retraind'
fact without the drop-in the key is read from /etc/retraind again -- until_true 20 nothing_waits
