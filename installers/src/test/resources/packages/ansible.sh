# Runs as a unit in an empty Debian whose process 1 is systemd: the roles of Ansible from the signed repository
# in /story/repository, both on this machine, by apt or, where /story/kind says rpm, by dnf (as in rpm.sh). Says
# "ok: ..." for each step.
set -eu
. /story/telling.sh
export DEBIAN_FRONTEND=noninteractive HOME=/root ANSIBLE_NOCOLOR=1 ANSIBLE_LOCALHOST_WARNING=False
export ANSIBLE_ROLES_PATH=/story/ansible/roles ANSIBLE_INVENTORY_UNPARSED_WARNING=False
rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
person
mkdir /tmp/site
if [ "$(cat /story/kind)" = deb ]; then
  source=/etc/apt/sources.list.d/interdict.sources address=file:/story/repository/deb manager=apt
  version() { dpkg-query -W -f '${Version}' "$1" 2>/dev/null; }
else
  source=/etc/yum.repos.d/interdict.repo address=file:///story/repository/rpm manager=dnf
  version() { rpm -q --qf '%{VERSION}' "$1" 2>/dev/null; }
  rpm --initdb
  rpm -i --nosignature /story/system.rpm
  # Every system of rpms has these folders.
  mkdir -p /etc/pki/rpm-gpg /etc/yum.repos.d
fi

cat >/tmp/site/vars.yml <<END
ansible_pkg_mgr: $manager
interdict_server_issuer: IT of Example
interdict_server_url: http://127.0.0.1:8460
interdict_server_admin_password: a-password-of-the-vault
interdict_server_repository: $address
interdict_server_repository_key: /story/repository/interdict.asc
interdict_agent_server: http://127.0.0.1:8460
interdict_agent_repository: $address
interdict_agent_repository_key: /story/repository/interdict.asc
END
# play ROLE ARGUMENT...: what it says goes to /tmp/play, whether it ends well or not
play() {
  role=$1
  shift
  printf -- '- hosts: localhost\n  connection: local\n  become: false\n  roles: [%s]\n' "$role" >/tmp/site/play.yml
  ansible-playbook -e @/tmp/site/vars.yml "$@" /tmp/site/play.yml >/tmp/play 2>&1
}
changes() { sed -n 's/.* changed=\([0-9]*\) .*/\1/p' /tmp/play | tail -n 1; }
nothing_changes() { [ "$(changes)" = 0 ] || fail "a second run changed something: $(cat /tmp/play)"; }

play interdict_server --check || fail "a check before anything is there: $(cat /tmp/play)"
! version interdict-server >/dev/null && [ ! -e "$source" ] || fail "a check changed something"
ok "a check before anything is there changes nothing and fails at nothing"

play interdict_server || fail "$(cat /tmp/play)"
root=$(grep -o 'sha256:[0-9a-f]\{64\}' /tmp/play | head -n 1)
await 60 "the server" sh -c 'journalctl -q -u interdict-server | grep -q Agents'
[ ! -e /var/lib/interdict/first-password ] || fail "the password's file is still there"
ok "the server is installed, set up and runs"

pid=$(systemctl show -p MainPID --value interdict-server)
play interdict_server || fail "$(cat /tmp/play)"
nothing_changes
play interdict_server --check || fail "$(cat /tmp/play)"
nothing_changes
[ "$pid" = "$(systemctl show -p MainPID --value interdict-server)" ] || fail "it was started anew"
ok "a second run and a check change nothing"

play interdict_server -e '{"interdict_server_settings": {"silent-after": "P3D"}}' || fail "$(cat /tmp/play)"
[ "$pid" != "$(systemctl show -p MainPID --value interdict-server)" ] || fail "new settings, and it was not started anew"
grep -q P3D /var/lib/interdict/server/server.d/60-ansible.yaml || fail "the setting is not kept"
! play interdict_server -e '{"interdict_server_settings": {"database": {"url": "x"}}}' || fail "a database was taken"
grep -q 'interdict_server_database' /tmp/play || fail "it does not say what to do: $(cat /tmp/play)"
ok "settings are kept, the server starts anew for them, and a database is refused"

await 60 "the server" sh -c 'as=$(systemctl show -p MainPID --value interdict-server); [ "$as" != 0 ] && journalctl -q _PID=$as | grep -q Agents'
as_server interdict-server token create --uses 1 --file /var/lib/interdict/pilot --server-dir /var/lib/interdict/server >/dev/null
token=$(cat /var/lib/interdict/pilot)
rm /var/lib/interdict/pilot
echo "interdict_agent_root_key: $root" >>/tmp/site/vars.yml
printf 'interdict_agent_token: %s\n' "$token" >/tmp/site/vault.yml
play interdict_agent -e @/tmp/site/vault.yml --check || fail "a check before anything is there: $(cat /tmp/play)"
! version interdict-agent >/dev/null && [ ! -e /etc/interdict-agent ] || fail "a check changed something"
play interdict_agent -vvv -e @/tmp/site/vault.yml -e interdict_agent_version=0.0.9 || fail "$(cat /tmp/play)"
[ -e $state/enrolment.json ] || fail "it has not joined"
await 60 "the guard" systemctl is-active interdict-agent
ok "the agent is installed in the version that is named, has joined and runs"

! grep -q -e "$token" /tmp/play || fail "the token stands in what was said"
rm /tmp/site/vault.yml
for place in /etc /root /tmp /var; do
  ! grep -rqsF -e "$token" "$place" || fail "the token stands in: $(grep -rlsF -e "$token" "$place")"
done
ok "the token is nowhere any more"

pid=$(main_pid)
play interdict_agent -e interdict_agent_version=0.0.9 || fail "$(cat /tmp/play)"
nothing_changes
[ "$pid" = "$(main_pid)" ] || fail "it was started anew"
ok "a second run changes nothing"

id=$(cat $state/enrolment.json)
play interdict_agent -e interdict_agent_version=latest || fail "$(cat /tmp/play)"
[ "$(changes)" = 1 ] || fail "more or less than the package changed: $(cat /tmp/play)"
[ "$(version interdict-agent)" != 0.0.9 ] || fail "it is the old one still"
await 60 "the new guard" sh -c "[ \"\$(systemctl show -p MainPID --value interdict-agent)\" != $pid ] && systemctl -q is-active interdict-agent"
play interdict_agent -e interdict_agent_version=0.0.9 || fail "$(cat /tmp/play)"
[ "$(version interdict-agent)" = 0.0.9 ] || fail "it did not go back"
await 60 "the guard" systemctl is-active interdict-agent
[ "$id" = "$(cat $state/enrolment.json)" ] || fail "it is another device"
ok "to the latest version and back, the same device"

systemctl stop interdict-agent
play interdict_agent -e interdict_agent_version=0.0.9 || fail "$(cat /tmp/play)"
systemctl -q is-active interdict-agent || fail "what somebody stopped does not run"
ok "what somebody stopped runs again"
