# Runs as root in an empty Debian of its own, without a network: from the packages to a tool that is
# gone and back, and to what is left when all of it is purged. Says "ok: ..." for each step, and
# stops at the first that fails. $1: the folder with the packages.
set -eu
. /tmp/telling.sh
packages=$1 processor=$(dpkg --print-architecture)

fail() {
  echo "FAILED: $*"
  for said in /tmp/server-out /tmp/enrol /tmp/guard-out /tmp/events; do
    if [ -s "$said" ]; then
      echo "$said:"
      tail -n 20 "$said"
    fi
  done
  exit 1
}
# The command of a unit, as systemd would run it.
unit() { sed -n "s/^ExecStart=//p" "/usr/lib/systemd/system/$1.service"; }
person
before=$(belongings)
everything >/tmp/before

dpkg -i "$packages"/interdict-server_*_"$processor".deb >/tmp/server-install 2>&1 || fail "$(cat /tmp/server-install)"
ok "server installed"
as_server interdict-server init /var/lib/interdict/server --issuer "IT of Example" >/tmp/init
root=$(grep -o 'sha256:[0-9a-f]\{64\}' /tmp/init | head -n 1)
ok "server set up as the account interdict"
# shellcheck disable=SC2046
as_server $(unit interdict-server) >/tmp/server-out 2>&1 &
server=$!
await 60 "the server" grep -q Agents /tmp/server-out

ban 120
ok "ban published"

INTERDICT_SERVER=http://127.0.0.1:8460 INTERDICT_ROOT_KEY=$root \
  INTERDICT_ENROL_TOKEN=$(cat /var/lib/interdict/server/enrolment-token) \
  dpkg -i "$packages"/interdict-agent_*_"$processor".deb >/tmp/agent-install 2>&1 || fail "$(cat /tmp/agent-install)"
ok "agent installed"
[ "$(stat -c %a /etc/interdict-agent/enrol.conf.d/50-installation.conf)" = 600 ] || fail "others may read the token"
for archive in classes.aot guard.jsa; do
  [ -s "/usr/lib/interdict-agent/cache/$archive" ] || fail "no archive of classes was made: $archive"
done
$(unit interdict-agent-enrol) >/tmp/enrol 2>&1 || fail "$(cat /tmp/enrol)"
! grep -rq "ENROL_TOKEN=." /etc/interdict-agent/enrol.conf.d || fail "the token was not erased"
ok "enrolled by the environment of the installation, token erased"
mkdir -p /run/interdict-agent
# shellcheck disable=SC2046
$(unit interdict-agent) --interval PT2S --events /tmp/events --terminal --lang en --no-desktop >/tmp/guard-out 2>&1 &
guard=$!

as_server interdict-server api-token create pilot --owner admin --role viewer \
  -d /var/lib/interdict/server --file /var/lib/interdict/token >/dev/null
as_server interdict login --server http://127.0.0.1:8461 --token-file /var/lib/interdict/token >/dev/null
has_it() { as_server interdict device list --rule claude-code --state present | grep -q "$(hostname)"; }
await 120 "the device among those that have it" has_it
ok "the server shows the device, which has the tool"

await 240 "the tool's removal" [ ! -e "$tool" ]
await 60 "the second scan" grep -q verified /tmp/events
[ "$(cat /home/lin/notes.txt)" = notes ] || fail "something else changed"
[ ! -e /home/lin/.npm-global/bin/claude ] || [ ! -L /home/lin/.npm-global/bin/claude ] || fail "its command is still there"
ok "gone at the date, nothing else touched"

as_server interdict withdraw claude-code --server-dir /var/lib/interdict/server >/dev/null
back() { interdict-agent restore claude-code; [ -e "$tool/package.json" ]; }
await 60 "its return" back
[ "$before" = "$(belongings)" ] || fail "not as it was"
ok "given back byte for byte"

kill "$guard"
wait "$guard" || :
id=$(cat /var/lib/interdict-agent/enrolment.json)
dpkg -i "$packages"/interdict-agent_*_"$processor".deb >/tmp/agent-again 2>&1 || fail "$(cat /tmp/agent-again)"
[ "$id" = "$(cat /var/lib/interdict-agent/enrolment.json)" ] || fail "installed again it is another device"
[ -s /usr/lib/interdict-agent/cache/classes.aot ] || fail "no archive of classes after it was installed again"
ok "installed again, the same device"

kill "$server"
wait "$server" || :
dpkg --purge interdict-agent interdict-server >/tmp/purge 2>&1 || fail "$(cat /tmp/purge)"
ok "purged"
left
echo "accounts:"
grep -c interdict /etc/passwd
