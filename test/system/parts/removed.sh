part "apt-get remove retraind"
inside systemctl -q enable retraind@line2
inside systemctl start retraind@line2
fact it goes -- inside apt-get -qq -y remove retraind
fact the process is stopped -- sh -c "! nsenter --all --target $leader pgrep -x retraind"
fact the program is gone -- gone /usr/bin/retraind
fact the configuration stays -- inside grep -qx '# mine' "$configuration"
fact the key stays -- inside test -s /etc/retraind/training-key
fact the ledger stays -- is "$(inside stat --format %i /var/lib/retraind/ledger.db)" "$ledger"
inside dpkg --force-confold --install "$newer" >/dev/null 2>&1
inside systemctl start retraind
fact installed again it goes on where it was -- until_true 20 nothing_waits
fact and sends nothing again -- service_has fox 5

part "apt-get purge retraind"
pictures=$(dropped)
# As a holdout keeps them.
inside sh -c 'install -d -o retraind -g retraind /var/lib/retraind/holdout/wildlife/fox
touch /var/lib/retraind/holdout/wildlife/fox/a.jpg /var/lib/retraind/holdout/wildlife/fox/b.jpg
install -d /var/lib/retraind/refused && touch /var/lib/retraind/refused/mine.jpg'
inside apt-get -qq -y purge retraind >"$system/purged" 2>&1 || true
grep '^retraind: ' "$system/purged" | shown
fact it says how many holdout pictures go -- grep -q ' 2 holdout pictures' "$system/purged"
fact the ledgers are gone -- is "$(inside find /var/lib/retraind -name 'ledger*' -o -name lock -o -name holdout -o -name line2)" ""
fact a picture that lay beside them is not -- inside test -f /var/lib/retraind/refused/mine.jpg
fact configuration and key are gone -- gone /etc/retraind
fact the user is gone -- sh -c "! nsenter --all --target $leader getent passwd retraind"
fact the group is gone, though it had a member -- sh -c "! nsenter --all --target $leader getent group retraind"
fact the unit is gone, its links too -- is \
  "$(inside find /etc/systemd /lib/systemd /var/lib/systemd -name 'retraind*' 2>/dev/null)" ""
fact the pictures in the drop folders are all there -- is "$(dropped)" "$pictures"
fact the sandbox goes as well -- inside apt-get -qq -y purge customvision-sandbox
fact with its state -- gone /var/lib/private/customvision-sandbox
