part "Upgrade to a newer version, with another example: dpkg --force-confold --install"
before=$(property MainPID)
before2=$(property MainPID retraind@line2.service)
ledger=$(inside stat --format %i /var/lib/retraind/ledger.db)
sent=$(event_count batch_sent)
inside sh -c "echo '# mine' >>$configuration"
fact it installs -- inside dpkg --force-confold --install "$newer"
fact the version is the new one -- sh -c "echo '$(inside dpkg-query -W -f '${Version}' retraind)' | grep -q newer"
fact the service was restarted where it ran -- test "$(property MainPID)" != "$before"
fact and runs -- until_true 20 active
fact the instance too -- test "$(property MainPID retraind@line2.service)" != "$before2"
fact the ledger is the same -- is "$(inside stat --format %i /var/lib/retraind/ledger.db)" "$ledger"
fact the configuration is mine -- inside grep -qx '# mine' "$configuration"
fact and the new example beside it -- inside test -f "$configuration.dpkg-dist"
drop fox 5 5
fact a new picture arrives -- until_true 30 service_has fox 5
fact and no other was sent again -- is "$(event_count batch_sent)" $((sent + 1))
inside systemctl stop retraind retraind@line2
fact where it did not run, an upgrade starts nothing -- sh -c \
  "nsenter --all --target $leader dpkg --force-confold --install $newer"
fact it is inactive -- property_is ActiveState inactive
inside systemctl start retraind
