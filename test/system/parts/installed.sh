part "Install: apt-get install ./retraind_*.deb ./customvision-sandbox_*.deb"
install_offline() { inside sh -c "apt-get -qq -y install $*"; }
fact apt installs both, with what they depend on -- \
  install_offline /debs/retraind_*.deb /debs/customvision-sandbox_*.deb
fact the unit is enabled -- is "$(inside systemctl is-enabled retraind)" enabled
fact and not started -- property_is ActiveState inactive
fact the sandbox is neither enabled nor started -- is \
  "$(inside systemctl is-enabled customvision-sandbox) $(property ActiveState customvision-sandbox)" "disabled inactive"
fact the user has a group of its own -- is "$(inside id -gn retraind)" retraind
fact /etc/retraind is root:retraind, 0750 -- mode_is /etc/retraind "750 root retraind"
fact the configuration is a conffile -- is \
  "$(inside dpkg-query -W -f '${Conffiles}' retraind | awk 'NF {print $1}')" "$configuration"
fact the example says itself what is to be filled in -- inside grep -qi 'change the .* lines marked' "$configuration"
fact systemd-analyze verify finds nothing -- is \
  "$(inside systemd-analyze verify --man=no retraind.service customvision-sandbox.service 2>&1)" ""

part "Not configured yet: systemctl start retraind"
inside systemctl start retraind || true
fact it runs, and waits for what is missing -- until_true 10 active
until_true 10 property_is SubState running || true
names_the_key() { property StatusText | grep training-key; }
fact its status names the key file -- until_true 10 names_the_key
property StatusText | shown
fact check names it too, with exit code 1 -- sh -c "[ $(inside retraind check >/dev/null 2>&1; echo $?) = 1 ]"
inside systemctl stop retraind
