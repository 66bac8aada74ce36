# Tells the person at a new zsh what IT has to say today, once a day; see interdict.sh for when it
# does not. From /etc/zsh/zshrc (/etc/zshrc): source /usr/lib/interdict-agent/shell/interdict.zsh
() {
  emulate -L zsh
  local flag=/run/interdict-agent/notices/$EUID program=/usr/bin/interdict-agent
  local told=${XDG_STATE_HOME:-$HOME/.local/state}/interdict-agent/told
  if [[ -o interactive && -z ${ZSH_EXECUTION_STRING-} && ${TERM:-dumb} != dumb && -e $flag &&
    -t 0 && -t 1 && -O /dev/stdin && ${SUDO_UID:-$EUID} == $EUID && -x $program &&
    ! $told -nt $flag ]]; then
    $program notice --told $told </dev/null 2>/dev/null
  fi
  return 0
}
