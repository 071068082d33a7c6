#!/bin/sh
# supervise.sh RUN LOGS NAME BYTES FILES CGROUP [WORD...]
#
# Runs one task and leaves its exit code behind, whatever becomes of the daemon that started this.
#
#   RUN     folder of this run, ours alone: FIFOs `stdout` `stderr`; `launch`, a script that writes who it is
#           to descriptor 5 and becomes the task. Where it is empty, WORDs are a program that does so by itself
#   LOGS    folder of the log files NAME.stdout.N, NAME.stderr.N: at most FILES of BYTES each
#   CGROUP  what the task joins, or `-`
#   WORD    with a script: what turns us into the task's user, if anything
#
# It writes, each once: `shim` and `task` (pid, start time, boot), `exit` (the code and a line's end; 128+N for
# signal N). When `task` is there, every signal has its effect on the task.
# Its output leads to a logger.pl without words, which it asks for its own.
# It needs dash (or any POSIX sh on Linux), perl-base and env. PATH must be set by the caller.
set -C -f -u # -C: a file that is there already is an error, so a run is claimed once
RUN=$1 LOGS=$2 NAME=$3 BYTES=$4 FILES=$5 CGROUP=$6
shift 6
LOGGER=${0%/*}/logger.pl
umask 077
trap '' HUP INT QUIT TERM USR1 USR2 PIPE TSTP TTIN TTOU # stray signals to our group are the task's affair
cd "$RUN" || exit 125

# Who the calling shell is, subshells included. The name in the second field may hold anything.
identity() {
    read -r stat </proc/self/stat
    read -r boot </proc/sys/kernel/random/boot_id
    pid=${stat%% *}
    set -- ${stat##*) }
    echo "$pid ${20} $boot"
}

# Whether the logger that has said so last is alive.
logging() {
    read -r pid started boot <logger && read -r stat <"/proc/$pid/stat" || return 1
    set -- ${stat##*) }
    [ "${20}" = "$started" ] && [ "$1" != Z ]
} 2>/dev/null

# The daemon takes the claim itself when it gives a run up: then nothing may start here any more.
{ identity >shim; } 2>/dev/null || exit 0

# Open for reading too: so the task never gets SIGPIPE and a logger can be replaced.
exec 3<>stdout 4<>stderr
(
    # First: when we are killed, the daemon takes this name, and nothing may start here any more.
    { exec 5>task; } 2>/dev/null || exit 125
    [ -s launch ] || exec "$@" </dev/null
    [ "$CGROUP" = - ] || echo 0 >|"$CGROUP/cgroup.procs" || exit 125
    exec "$@" env --default-signal /bin/sh <launch
) >&3 2>&4 3>&- 4>&- &
task=$!
# After the task, which is not to wait for it: its pipes hold what it writes until then.
# Where nobody listens we start it ourselves.
if ! printf '%s\0%s\0%s\0%s\0%s\0\n' "$RUN" "$LOGS" "$NAME" "$BYTES" "$FILES" 2>/dev/null; then
    perl "$LOGGER" "$RUN" "$LOGS" "$NAME" "$BYTES" "$FILES" 3>&- 4>&- &
fi
exec >/dev/null
wait $task
code=$?
# On a full disk the end is told late, and never wrong: without its line's end it is none. It needs no sync: whoever
# reads it keeps it durably, and when the machine itself goes down, nobody may have read it and it may be lost, then the
# run is one that the machine's restart has ended. No process is started for it: each would be on the way of every end.
until { echo $code >|exit; } 2>/dev/null || [ ! -e stdout ]; do sleep 0.5; done
# What is in the pipes is gone with the last who has them open, and a logger may be killed now as at any time:
# somebody stays with them, as a reader only, until a logger has seen the end. Not us: our end is the task's.
(
    exec 5<stdout 6<stderr 3>&- 4>&-
    nap=0.02
    naps=0
    while [ -e stdout ] && [ ! -e drained ]; do
        if logging || { [ ! -e logger ] && [ $naps -lt 2 ]; }; then # the first may be on its way
            sleep $nap
            naps=$((naps + 1))
            nap=1 # a child of the task may have an output open for days
        else
            perl "$LOGGER" "$RUN" "$LOGS" "$NAME" "$BYTES" "$FILES" 5<&- 6<&- || sleep $nap
        fi
    done
) &
