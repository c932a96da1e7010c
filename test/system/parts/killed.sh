part "The loop is frozen: kill -STOP; WatchdogSec=30"
restarts=$(property NRestarts)
frozen=$(property MainPID)
begun=$SECONDS
inside kill -STOP "$frozen"
restarted() { [ "$(property NRestarts)" -gt "$restarts" ] && active; }
fact systemd kills it and starts it anew -- until_true 120 restarted
echo "        after $((SECONDS - begun)) s, as process $(property MainPID) instead of $frozen"
fact the journal says it was the watchdog -- sh -c "nsenter --all --target $leader journalctl -q -u retraind | grep -qi 'watchdog timeout'"
drop fox 2 2
fact a picture dropped then arrives -- until_true 30 service_has fox 2

part "kill -9"
restarts=$(property NRestarts)
inside systemctl kill --kill-whom=main --signal=KILL retraind
drop fox 3 3
fact it is started anew after 5 s -- until_true 30 restarted
fact and the picture dropped meanwhile arrives -- until_true 30 service_has fox 3
