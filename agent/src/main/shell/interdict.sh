# Tells the person at a new shell what IT has to say today, once a day.
#
# For bash, dash and other POSIX shells: as /etc/profile.d/interdict.sh for login shells, and by the
# line ". /etc/profile.d/interdict.sh" in /etc/bash.bashrc (/etc/bashrc) for the others.
#
# Where there is nothing to tell, this starts no process. It says nothing to a script, to cron, to
# "ssh HOST COMMAND", to scp, sftp and rsync, nor to a shell of somebody else (sudo -i, su). The two
# paths are set here and nowhere else: no environment can change what is run.
_interdict_flags=/run/interdict-agent/notices
_interdict_program=/usr/bin/interdict-agent

# A shell of one's own: interactive without a command, at a terminal that belongs to who it runs as.
# A dumb terminal is a program that reads what a shell writes.
_interdict_told=
case $-:${TERM:-dumb}:${BASH_EXECUTION_STRING+command} in
  *:dumb:* | *:command) ;;
  *i*:*:)
    if [ -t 0 ] && [ -t 1 ] && [ -O /dev/stdin ]; then
      # The guard keeps an empty file for each person who is to be told something today.
      for _interdict_flag in "$_interdict_flags"/*; do
        if [ -e "$_interdict_flag" ]; then
          _interdict_told=${XDG_STATE_HOME:-$HOME/.local/state}/interdict-agent/told
          _interdict_uid=${EUID:-$(id -u)}
          _interdict_flag=$_interdict_flags/$_interdict_uid
        fi
        break
      done
    fi
    ;;
esac
# It is newer than the stamp of what was told last, which the command leaves.
if [ -n "$_interdict_told" ] && [ -e "$_interdict_flag" ] && [ -x "$_interdict_program" ] &&
  [ "${SUDO_UID:-$_interdict_uid}" = "$_interdict_uid" ] &&
  ! [ "$_interdict_told" -nt "$_interdict_flag" ]; then
  "$_interdict_program" notice --told "$_interdict_told" </dev/null 2>/dev/null
fi
unset _interdict_flags _interdict_program _interdict_flag _interdict_told _interdict_uid
:
