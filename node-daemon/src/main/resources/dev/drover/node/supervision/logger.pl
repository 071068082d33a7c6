# logger.pl [RUN LOGS NAME BYTES FILES]
#
# Moves what comes through the FIFOs RUN/stdout and RUN/stderr, byte for byte, into LOGS/NAME.STREAM.N: a new
# file at a line's end before BYTES, the newest FILES of them. Ends when the last writer is gone.
#
# Without words it reads those of others, a zero byte behind each of the five and a line's end behind all, and forks a
# logger for them. Those share the memory that perl and this script take, two thirds of all, and start in no time.
#
# May be killed at any moment and started again; a second one waits until the first is gone. Nothing is read into this
# process. splice(2) moves bytes from the pipe to the file inside the kernel, so each is in the pipe or in the file,
# never neither, never both.
# RUN/STREAM.N.times has a line for each second in which something came: `second size-before`.
# On a full disk what is not yet written stays in the pipe, and whoever fills it waits.
# It needs perl-base. Loads no module, which saves 1 ms a start; a test compiles it with strict and warnings.

my $pause = 0.2;         # until what had no room is tried again, in seconds
@ARGV = forked() unless @ARGV;
my ($run, $logs, $name, $max, $keep) = @ARGV;
my $arm = -e '/lib/ld-linux-aarch64.so.1';
my ($splice, $tee, $setsid) = $arm ? (76, 77, 157) : (275, 276, 112);
my $nonblock = 2;        # of splice(2) and tee(2)
my $cloexec_nonblock = 0x80800;
my $most = 1 << 20;      # in one go: more than a pipe holds
umask 027;
syscall $setsid;         # whatever is meant for our group is the task's affair; who leads one already has its own

open my $stat, '<', '/proc/self/stat' or exit 125;
my ($pid) = (my $line = <$stat>) =~ /^(\d+)/;
my $started = (split ' ', $line =~ s/^.*\) //sr)[19];
open my $id, '<', '/proc/sys/kernel/random/boot_id' or exit 125;
chomp(my $boot = <$id>);

my %stream;
for my $label ('stdout', 'stderr') {
    # Only a reader that has seen a writer is told of the last one's end, so we are one for a moment.
    sysopen my $writer, "$run/$label", $cloexec_nonblock | 2 or next;
    sysopen my $in, "$run/$label", $cloexec_nonblock or next;
    close $writer;
    $stream{$label} = { in => $in, prefix => "$logs/$name.$label.", label => $label };
}
exit 0 unless %stream;
# The daemon and the supervising process may both miss the one that was killed: two would write over each other.
open my $only, '>', "$run/logging" or exit 125;
flock $only, 2 or exit 125;
pipe my $from, my $to or exit 125;    # what is looked at goes through here: a copy
open my $me, '>', "$run/logger" or exit 125;
print $me "$pid $started $boot\n";
close $me or exit 125;

while (%stream) {
    my $ready = '';
    vec($ready, fileno $_->{in}, 1) = 1 for values %stream;
    select $ready, undef, undef, undef;
    for my $one (values %stream) {
        next unless vec $ready, fileno $one->{in}, 1;
        my $moved = move($one);
        delete $stream{ $one->{label} } if $moved == 0;
    }
}
open my $end, '>', "$run/drained" or exit 125;
exit 0;

# Returns in each fork, with its words; the one who forks ends with its input.
sub forked {
    $SIG{$_} = 'IGNORE' for qw(HUP INT QUIT TERM USR1 USR2 PIPE TSTP TTIN TTOU CHLD);    # as in supervise.sh
    local $/ = "\0\n";
    while (my $request = <STDIN>) {
        chomp $request;
        my @words = split /\0/, $request;
        next if @words != 5;    # longer than a pipe keeps together: the daemon misses this logger, and starts one
        my $child;
        select undef, undef, undef, $pause until defined($child = fork);
        next if $child;
        open STDIN, '<', '/dev/null';    # once nobody reads there any more, who writes is told so
        $0 = "perl $0 $words[0]";
        return @words;
    }
    exit 0;
}

# The numbers of the files that are there. Not a glob: names may hold anything.
sub numbers {
    my ($one) = @_;
    my $prefix = substr $one->{prefix}, 1 + length $logs;
    opendir my $folder, $logs or return ();
    return sort map { /^\Q$prefix\E(\d{6})$/ ? $1 : () } readdir $folder;
}

# Goes on with the newest file of this run, or begins the next one and removes the oldest.
sub begin {
    my ($one, $fresh) = @_;
    my @there = numbers($one);
    my $first = "$run/first.$one->{label}";    # the run's first file: it shares none with an earlier run
    my $file = @there ? $there[-1] : '';
    if ($fresh || !@there || !-e $first) {
        $file = sprintf '%06d', @there ? $there[-1] + 1 : 0;
        while (@there >= $keep) {
            my $old = shift @there;
            unlink $one->{prefix} . $old, "$run/$one->{label}.$old.times";
        }
    }
    mend($logs) unless -d $logs;
    sysopen my $out, $one->{prefix} . $file, 0x80042, 0640 or return 0;    # O_RDWR O_CREAT O_CLOEXEC
    sysopen my $times, "$run/$one->{label}.$file.times", 0x80441, 0600;    # O_WRONLY O_CREAT O_APPEND O_CLOEXEC
    @$one{'out', 'times', 'marked'} = ($out, $times, 0);
    $one->{size} = sysseek($out, 0, 2) + 0;
    if (!-e $first) {
        open my $mark, '>', "$first.new" or return 0;
        print $mark "$file\n";
        close $mark or return 0;
        rename "$first.new", $first or return 0;
    }
    return 1;
}

# Makes the folder again that somebody has removed: the task would wait for ever for a file to write to. Not after the
# end of the run, when its allocation is being removed.
sub mend {
    my ($folder) = @_;
    return if -d $folder || !-e "$run/stdout" || $folder !~ m{^(/.*)/[^/]+$};
    mend($1);
    mkdir $folder, 0777 and chmod 0755, $folder;
}

# Waits until a full disk may have room; not when the run's folder is gone: nobody could ever read what would be written.
sub later {
    exit 125 unless -d $run;
    select undef, undef, undef, $pause;
}

# How many of the waiting bytes fit into the file, so that it ends with a line where there is one.
sub fitting {
    my ($one, $room) = @_;
    my $seen = syscall $tee, fileno $one->{in}, fileno $to, $most, $nonblock;
    return $room if $seen <= 0;
    my $copy = '';
    while (length $copy < $seen) { sysread $from, $copy, $seen - length $copy, length $copy or last }
    return $seen if $seen <= $room;
    my $end = rindex $copy, "\n", $room - 1;
    return $end + 1 if $end >= 0;
    return $one->{size} && ends_line($one) ? 0 : $room;    # a line begins a file, or is too long for one
}

sub ends_line {
    my ($one) = @_;
    sysseek $one->{out}, -1, 2;
    sysread $one->{out}, my $last, 1;
    return $last eq "\n";
}

# Moves what there is; 0 when nothing will come any more, -1 when it should be tried again.
sub move {
    my ($one) = @_;
    if (!$one->{out} && !begin($one, 0)) { later(); return -1 }
    my $room = $max - $one->{size};
    my $waiting = pack 'i', 0;
    ioctl $one->{in}, 0x541B, $waiting;    # FIONREAD
    $waiting = unpack 'i', $waiting;
    # No more than was seen: what comes meanwhile may not fit. Nothing seen: the end, if it is one still.
    my $count = $waiting <= $room ? $waiting || 1 : $room > 0 ? fitting($one, $room) : 0;
    if ($count == 0) {
        later() if !begin($one, 1);
        return -1;
    }
    my $now = time;
    if ($now != $one->{marked} && $one->{times}) {
        syswrite $one->{times}, "$now $one->{size}\n";
        $one->{marked} = $now;
    }
    my $moved = syscall $splice, fileno $one->{in}, 0, fileno $one->{out}, 0, $count, $nonblock;
    if ($moved < 0) {
        later() unless $! == 11 || $! == 4;    # EAGAIN, EINTR
        return -1;
    }
    $one->{size} += $moved;
    return $moved;
}
