part "A start with a wrong configuration: exit code 78"
inside sh -c "cp $configuration /root/good.yaml; echo 'servise: {}' >>$configuration"
inside systemctl restart retraind >/dev/null 2>&1 || true
fact it fails and is not tried again, as a crash would be -- until_true 10 property_is SubState failed
fact with exit code 78 -- property_is ExecMainStatus 78
fact the journal names the line and the key -- journal_has 'servise'
inside sh -c "cp /root/good.yaml $configuration; systemctl restart retraind"
fact with the configuration mended it starts -- until_true 20 active
