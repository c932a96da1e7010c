part "systemctl reload with a good configuration: a second folder"
running=$(property MainPID)
inside sh -c "install -d -m 2770 -g retraind /srv/drop/more
sed -i 's#watch: .*#watch: [{path: /srv/drop/wildlife, settle: 1s}, {path: /srv/drop/more, settle: 1s}]#' $configuration
systemctl reload retraind"
fact it is taken over -- until_true 15 happened configuration_reloaded
events configuration_reloaded | shown
fact by the same process -- property_is MainPID "$running"
drop lynx 90 90 /srv/drop/more
fact a picture in the new folder arrives -- until_true 30 service_has lynx 1

part "systemctl reload with a wrong one: an unknown key"
inside sh -c "cp $configuration /root/good.yaml; echo 'servise: {}' >>$configuration; systemctl reload retraind"
fact it is refused -- until_true 15 happened configuration_refused
events configuration_refused | shown
fact the journal names line and key -- journal_has 'servise'
fact the service goes on -- active
fact as the same process -- property_is MainPID "$running"
drop lynx 91 91 /srv/drop/more
fact with the configuration it had -- until_true 30 service_has lynx 2
inside sh -c "cp /root/good.yaml $configuration"
