# Shared by the stand-ins for FreeBSD's jail(8), jexec(8), jls(8) and rctl(8). They take the same words, say the same
# things and end with the same codes, on Linux, so that jobs written for FreeBSD and our own FreeBSD runtime can be
# tried without one. Isolation comes from unshare(1) and nsenter(1); whatever FreeBSD's kernel would do with a
# parameter beyond that (devfs rules, vnet, accounting) is not done.
#
# A jail is a folder of STATE: `jid`, `holder` (the process that keeps its namespaces), `p/NAME` for each parameter.
STATE=${FREEBSD_STANDIN_STATE:-/run/freebsd-standin}
mkdir -p "$STATE"

# Every call in words that a shell could read again, for tests that compare what was asked for.
journal() {
    line=
    for word; do
        case $word in
            *[!A-Za-z0-9_./:=,@%+-]* | '') word=\'$(printf %s "$word" | sed "s/'/'\\\\''/g")\' ;;
        esac
        line="$line${line:+ }$word"
    done
    printf '%s\n' "$line" >>"$STATE/journal"
}

# A jail whose last process was killed from outside is gone: FreeBSD's kernel sees that, here the next call does.
for folder in "$STATE"/*/; do
    if [ -f "$folder/holder" ] && ! kill -0 "$(cat "$folder/holder")" 2>/dev/null; then rm -rf "$folder"; fi
done

# The folder of a jail, by its name or its jid.
find_jail() {
    case $1 in *[!A-Za-z0-9_-]* | '') return 1 ;; esac
    if [ -f "$STATE/$1/jid" ]; then
        echo "$STATE/$1"
        return
    fi
    for jid in "$STATE"/*/jid; do
        if [ -f "$jid" ] && [ "$(cat "$jid")" = "$1" ]; then
            echo "${jid%/jid}"
            return
        fi
    done
    return 1
}

# parameter FOLDER NAME [DEFAULT]
parameter() { if [ -f "$1/p/$2" ]; then cat "$1/p/$2"; else printf %s "${3-}"; fi; }

# inside FOLDER COMMAND...: runs it in the jail with an environment of its own.
inside() {
    holder=$(cat "$1/holder")
    shift
    nsenter -t "$holder" --mount --uts --ipc --net --pid --root --wd \
        env -i PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin HOME=/ USER=root "$@"
}

# The processes of a jail as the host sees them, without its holder and without zombies.
processes() {
    holder=$(cat "$1/holder" 2>/dev/null) || return 0
    space=$(readlink "/proc/$holder/ns/pid") || return 0
    space=${space#pid:?}
    find /proc/[0-9]*/ns/pid -maxdepth 0 -lname "pid:?${space%?}?" 2>/dev/null | while IFS=/ read -r _ _ pid _; do
        [ "$pid" != "$holder" ] && read -r stat 2>/dev/null <"/proc/$pid/stat" || continue
        case ${stat##*) } in Z* | X*) ;; *) echo "$pid" ;; esac
    done
}
