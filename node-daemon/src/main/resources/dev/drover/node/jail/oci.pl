# oci.pl REPORT BUNDLE ID INIT RUNTIME...
#
# Keeps one container of an OCI runtime: makes and starts it, hands every signal on to it, and ends as it
# ends. REPORT gets what jail.pl's has: `pid N` when the task runs, or `error WHY`.
#
#   BUNDLE   a folder with config.json, which is removed when the runtime has read it: it may hold secrets
#   INIT     1 when pid 1 of the container says 128 + n for a task that ended by signal n; 0 when it is the task
#   RUNTIME  the words of the runtime, with what comes before its verbs
#
# OCI has no words for how the root is mounted, and crun takes away what was said of it before: so it becomes
# nosuid and nodev when the container is made and nothing of the task runs yet (Linux 5.12; before, as it was).
# The container's first process is a child of the runtime, which ends; as a subreaper we inherit it, so its
# exact end is ours to see. It needs perl-base. Whoever kills this leaves the container to `delete --force`.
use strict;
use warnings;

my ($report, $bundle, $id, $init, @runtime) = @ARGV;
my $arm = -e '/lib/ld-linux-aarch64.so.1';
my ($prctl, $mask, $timedwait, $wait4, $setrlimit, $setns) = $arm ? (167, 135, 137, 260, 164, 268) : (157, 14, 128, 61, 160, 308);
my ($none, $all, $log, $pidfile) = ("\0" x 8, "\xff" x 8, "$bundle/log", "$bundle/pid");

syscall $prctl, 36, 1, 0, 0, 0;    # PR_SET_CHILD_SUBREAPER
syscall $mask, 2, $all, 0, 8;      # so that none gets lost
run('create', '--bundle', $bundle, '--pid-file', $pidfile, $id) or failed();
open my $file, '<', $pidfile or failed();
chomp(my $pid = <$file>);
seal();
my $runtime = readlink "/proc/$pid/exe" // "";
run('start', $id) or failed();
unlink "$bundle/config.json";
hearing() if $init;
announce("pid $pid\n");

my $status;
while (!defined $status) {
    my $signal = syscall $timedwait, $all, 0, 0, 8;
    kill $signal, $pid if $signal > 0 && $signal != 17;
    while (1) {
        my $how = "\0" x 4;            # not waitpid: to perl, a child that merely stopped looks like exit 0
        my $ended = syscall $wait4, -1, $how, 1, 0;
        last if $ended <= 0;
        $status = unpack 'L', $how if $ended == $pid && (ord($how) & 127) != 127;
    }
}
my ($code, $by) = ($status >> 8, $status & 127);
($code, $by) = (0, $code - 128) if $init && !$by && $code > 128 && $code <= 192;
exit $code if !$by;
my $no_core = pack 'Q2', 0, 0;           # a variable: the kernel is given its address
syscall $setrlimit, 4, $no_core;          # the task has dumped its core, not we
kill $by, $$;
syscall $mask, 2, $none, 0, 8;
exit 128 + $by;

# Runs a verb of the runtime to its end. The container gets our input and outputs by `create`.
sub run {
    my $child = fork // return 0;
    if (!$child) {
        syscall $mask, 2, $none, 0, 8;
        exec @runtime[0 .. $#runtime], @_ or exit 127;
    }
    my $how = "\0" x 4;
    syscall $wait4, $child, $how, 0, 0;
    return unpack('L', $how) == 0;
}

# As whoever is in its mounts sees them, for a moment.
sub seal {
    my $child = fork // failed();
    if (!$child) {
        my ($root, $nosuid_nodev) = ('/', pack 'Q4', 2 | 4, 0, 0, 0);
        open my $mounts, '<', "/proc/$pid/ns/mnt" or exit 1;
        exit 1 if syscall $setns, fileno $mounts, 0x20000;
        exit(syscall(442, -100, $root, 0, $nosuid_nodev, 32) ? 1 : 0);    # mount_setattr
    }
    my $how = "\0" x 4;
    syscall $wait4, $child, $how, 0, 0;
}

# Waits until pid 1 of the container hears signals: before, the kernel drops those for it, and whoever stops a
# task that has just begun would wait for the end of its grace. An init that never does is not waited for.
sub hearing {
    for (1 .. 1000) {
        my $now = readlink "/proc/$pid/exe" or return;
        if ($now ne $runtime && open my $file, '<', "/proc/$pid/status") {
            my $heard = 0;
            while (<$file>) { $heard |= hex $1 if /^Sig(?:Blk|Cgt):\s*[0-9a-f]{8}([0-9a-f]{8})/ }
            return if $heard & 1 << 14;    # SIGTERM
        }
        select undef, undef, undef, 0.001;
    }
}

sub announce {
    open my $out, '>', "$report.new" or exit 125;
    print $out $_[0];
    close $out;
    rename "$report.new", $report;
}

# The runtime's last words. What it has made already goes.
sub failed {
    my $why = 'the runtime has not said why';
    if (open my $file, '<', $log) {
        while (<$file>) { $why = $1 if /"msg":"((?:[^"\\]|\\.)*)"/ }
    }
    $why =~ s/\\(.)/$1/g;
    run('delete', '--force', $id);
    unlink "$bundle/config.json";
    announce("error $why\n");
    exit 125;
}
