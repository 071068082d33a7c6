#!/bin/sh
# logger.sh RUN LOGS NAME STREAM BYTES FILES
#
# Copies the FIFO RUN/STREAM, byte for byte, into LOGS/NAME.STREAM.N, rotates at a line's end before BYTES and
# keeps the newest FILES. Ends when the last writer is gone. May be killed and started again at any time.
RUN=$1 LOGS=$2 NAME=$3 STREAM=$4 BYTES=$5 FILES=$6
SHELL=/bin/sh # split runs its filter with it
export SHELL FILES
umask 027
[ -p "$RUN/$STREAM" ] || exit 0

# A FIFO without a writer would block the open, so we are one for a moment.
exec 3<>"$RUN/$STREAM" || exit 125
exec <"$RUN/$STREAM" 3>&-

read -r stat </proc/self/stat
read -r boot </proc/sys/kernel/random/boot_id
pid=${stat%% *}
set -- ${stat##*) }
echo "$pid ${20} $boot" >"$RUN/logger.$STREAM"

# Goes on after the newest file. The names have six digits, so they sort as the numbers do.
N='[0-9][0-9][0-9][0-9][0-9][0-9]' # not `*`: a task may be called `web.stdout`
export N
set -- "$LOGS/$NAME.$STREAM."$N
while [ $# -gt 1 ]; do shift; done
last=${1##*.}
case $last in
    *"]") next=0 ;;
    *) next=$((1$last - 1000000 + 1)) ;;
esac

exec split -C "$BYTES" -a 6 --numeric-suffixes="$next" --filter='
    set -- "${FILE%.*}".$N
    while [ $# -ge "$FILES" ] && [ -e "$1" ]; do rm -f "$1"; shift; done
    exec cat >"$FILE"' - "$LOGS/$NAME.$STREAM."
