# holder.pl ROOT DEVFS PROCFS FSTAB READY: pid 1 of a stand-in's jail. Mounts, changes the root and stays, reaping what ends.
use strict;
my ($root, $devfs, $procfs, $fstab, $ready) = @ARGV;
$root =~ s{/+$}{};
sub run { system(@_) == 0 or exit 1 }

run('mount', '--bind', "$root/", "$root/");
if ($fstab && -f $fstab) {
    open my $lines, '<', $fstab or exit 1;
    while (<$lines>) {
        my ($source, $target, $type, $options) = split;
        next if !defined $options || /^\s*#/;
        if ($type eq 'nullfs') {
            run('mount', '--bind', $source, $target);
            run('mount', '-o', 'remount,bind,ro', $target) if ",$options," =~ /,ro,/;
        }
        elsif ($type eq 'tmpfs') { run('mount', '-t', 'tmpfs', 'tmpfs', $target) }
    }
}
run('mount', '-t', 'proc', 'proc', "$root/proc") if $procfs eq 'true' || -d "$root/proc";
if ($devfs eq 'true') {
    run('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', "$root/dev");
    for my $node (qw(null zero random urandom)) {
        open my $file, '>', "$root/dev/$node" or exit 1;
        run('mount', '--bind', "/dev/$node", "$root/dev/$node");
    }
}
my %number = (x86_64 => [155, 166], aarch64 => [41, 39]);
chomp(my $machine = `uname -m`);
my ($pivot_root, $umount2) = @{ $number{$machine} // exit 1 };
$SIG{CHLD} = 'IGNORE';
open my $done, '>', $ready or exit 1;
chdir "$root/" or exit 1;
my $here = '.';
syscall($pivot_root, $here, $here) == 0 && syscall($umount2, $here, 2) == 0 or exit 1;
chdir '/';
print {$done} "ready\n";
close $done;
sleep 1000 while 1;
