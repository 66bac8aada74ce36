# Tells the person at a new fish what IT has to say today, once a day; see interdict.sh for when it
# does not. As /usr/share/fish/vendor_conf.d/interdict.fish
if status is-interactive; and test -t 0; and test -t 1; and test "$TERM" != dumb; and test -O /dev/stdin
    set -l flags /run/interdict-agent/notices/*
    set -l program /usr/bin/interdict-agent
    if count $flags >/dev/null; and test -x $program
        # fish does not know whose shell it is; so much is asked only where somebody is to be told.
        set -l uid (id -u)
        set -l flag (string match -- "*/$uid" $flags)
        set -l state $HOME/.local/state
        set -q XDG_STATE_HOME; and set state $XDG_STATE_HOME
        set -l told $state/interdict-agent/told
        if test -n "$flag"; and not test $told -nt "$flag"; and begin
                not set -q SUDO_UID; or test "$SUDO_UID" = $uid
            end
            $program notice --told $told </dev/null 2>/dev/null
        end
    end
end
