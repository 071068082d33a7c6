package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The config of the driver `jail` (also `jail-task-driver`): the parameters of FreeBSD's jail(8)
/// with `_` for `.`, in any case. What becomes of each on Linux and on FreeBSD, a table of the node
/// daemon says.
///
/// @param command the program, seen from inside; or
/// @param args the program's arguments
/// @param capAdd Linux capabilities beyond the ordinary ones
/// @param capDrop Linux capabilities to do without; `all` for all
/// @param usernsMode `private`: its users are nobody on the node; `host` when absent. Linux only
/// @param path the root file system, a folder of the node; the task's own folder when absent
/// @param docker an image whose files are the root, where the node can fetch one
/// @param jid a number for the jail; one is chosen when absent
/// @param persist whether the jail stays without a process
/// @param depend jails that must be there before
/// @param hostHostname the host name inside
/// @param host `inherit` for the node's host name, `new` for its own
/// @param ip4 `inherit`, `new` or `disable`
/// @param ip4Addr addresses of its own, each `INTERFACE|ADDRESS/MASK`
/// @param ip4Saddrsel whether the first address is the one it sends from
/// @param ip6 `inherit`, `new` or `disable`
/// @param ip6Addr addresses of its own, each `INTERFACE|ADDRESS/MASK`
/// @param ip6Saddrsel whether the first address is the one it sends from
/// @param ipHostname whether its addresses are those of its host name
/// @param nic the interface that its addresses are added to
/// @param vnet `true`, `new` or `inherit`
/// @param vnetNic the interfaces that its own network gets
/// @param securelevel the secure level inside
/// @param devfsRuleset which devices it sees
/// @param childrenMax jails that it may make
/// @param childrenCur jails that it has made; read only
/// @param enforceStatfs which mounts it sees: 0 all, 1 those below its root, 2 its root
/// @param osrelease what it believes the system's release to be
/// @param osreldate the same as a number
/// @param allowSetHostname whether it may change its host name
/// @param allowSysvipc whether it may use the node's System V IPC
/// @param allowRawSockets whether it may make raw sockets, as ping(8) does
/// @param allowChflags whether it may change file flags
/// @param allowMount whether it may mount what is jail-friendly
/// @param allowMountDevfs whether it may mount devfs
/// @param allowMountFdescfs whether it may mount fdescfs
/// @param allowMountFusefs whether it may mount fusefs
/// @param allowMountNullfs whether it may mount nullfs
/// @param allowMountProcfs whether it may mount procfs
/// @param allowMountLinprocfs whether it may mount linprocfs
/// @param allowMountLinsysfs whether it may mount linsysfs
/// @param allowMountTmpfs whether it may mount tmpfs
/// @param allowMountZfs whether it may mount ZFS datasets
/// @param allowQuotas whether it may administer quotas
/// @param allowReadMsgbuf whether it may read the kernel's messages
/// @param allowSocketAf whether it may use protocols without jail support
/// @param allowReservedPorts whether its root may bind ports below 1024
/// @param allowMlock whether it may lock memory
/// @param allowVmm whether it may use virtual machines
/// @param linux the Linux layer: `inherit`, `new` or `disable`
/// @param linuxOsname the system's name in the Linux layer
/// @param linuxOsrelease the system's release in the Linux layer
/// @param linuxOssVersion the sound system's version in the Linux layer
/// @param sysvmsg System V messages: `inherit`, `new` or `disable`
/// @param sysvsem System V semaphores: `inherit`, `new` or `disable`
/// @param sysvshm System V shared memory: `inherit`, `new` or `disable`
/// @param execStart a shell line instead of `command` and `args`
/// @param execStop a shell line in the jail that stops what runs
/// @param execPrestart a shell line on the node before the jail is made
/// @param execCreated a shell line on the node once the jail is made
/// @param execPoststart a shell line on the node once the program runs
/// @param execPrestop a shell line on the node before the jail is stopped
/// @param execPoststop a shell line on the node once the jail is gone
/// @param execSystemUser the node's user for lines on the node
/// @param execTimeout seconds that a line may take
/// @param execClean whether lines run in an empty environment
/// @param execJailUser the user for the program and lines in the jail
/// @param execSystemJailUser whether that user is looked up on the node
/// @param execConsolelog a file for the output of lines
/// @param execFib the routing table
/// @param stopTimeout seconds between the signal and the kill
/// @param mount one line of fstab: `SOURCE TARGET nullfs OPTIONS`
/// @param mountFstab a file of mounts, as fstab(5)
/// @param mountDevfs whether devfs is mounted
/// @param mountFdescfs whether fdescfs is mounted
/// @param mountProcfs whether procfs is mounted
/// @param rctl limits by resource: `memoryuse`, `maxproc`, `pcpu` …
public record JailConfig(
        Optional<String> command,
        List<String> args,
        List<String> capAdd,
        List<String> capDrop,
        Optional<String> usernsMode,
        Optional<String> path,
        Optional<String> docker,
        Optional<String> jid,
        Optional<Boolean> persist,
        Optional<String> depend,
        Optional<String> hostHostname,
        Optional<String> host,
        Optional<String> ip4,
        Optional<String> ip4Addr,
        Optional<Boolean> ip4Saddrsel,
        Optional<String> ip6,
        Optional<String> ip6Addr,
        Optional<Boolean> ip6Saddrsel,
        Optional<Boolean> ipHostname,
        Optional<String> nic,
        Optional<String> vnet,
        Optional<String> vnetNic,
        Optional<Integer> securelevel,
        Optional<Integer> devfsRuleset,
        Optional<Integer> childrenMax,
        Optional<Integer> childrenCur,
        Optional<Integer> enforceStatfs,
        Optional<String> osrelease,
        Optional<Integer> osreldate,
        Optional<Boolean> allowSetHostname,
        Optional<Boolean> allowSysvipc,
        Optional<Boolean> allowRawSockets,
        Optional<Boolean> allowChflags,
        Optional<Boolean> allowMount,
        Optional<Boolean> allowMountDevfs,
        Optional<Boolean> allowMountFdescfs,
        Optional<Boolean> allowMountFusefs,
        Optional<Boolean> allowMountNullfs,
        Optional<Boolean> allowMountProcfs,
        Optional<Boolean> allowMountLinprocfs,
        Optional<Boolean> allowMountLinsysfs,
        Optional<Boolean> allowMountTmpfs,
        Optional<Boolean> allowMountZfs,
        Optional<Boolean> allowQuotas,
        Optional<Boolean> allowReadMsgbuf,
        Optional<Boolean> allowSocketAf,
        Optional<Boolean> allowReservedPorts,
        Optional<Boolean> allowMlock,
        Optional<Boolean> allowVmm,
        Optional<String> linux,
        Optional<String> linuxOsname,
        Optional<String> linuxOsrelease,
        Optional<String> linuxOssVersion,
        Optional<String> sysvmsg,
        Optional<String> sysvsem,
        Optional<String> sysvshm,
        Optional<String> execStart,
        Optional<String> execStop,
        Optional<String> execPrestart,
        Optional<String> execCreated,
        Optional<String> execPoststart,
        Optional<String> execPrestop,
        Optional<String> execPoststop,
        Optional<String> execSystemUser,
        Optional<Integer> execTimeout,
        Optional<Boolean> execClean,
        Optional<String> execJailUser,
        Optional<Boolean> execSystemJailUser,
        Optional<String> execConsolelog,
        Optional<Integer> execFib,
        Optional<Integer> stopTimeout,
        Optional<String> mount,
        Optional<String> mountFstab,
        Optional<Boolean> mountDevfs,
        Optional<Boolean> mountFdescfs,
        Optional<Boolean> mountProcfs,
        Map<String, RctlRule> rctl) {

    public JailConfig {
        args = List.copyOf(args);
        capAdd = List.copyOf(capAdd);
        capDrop = List.copyOf(capDrop);
        rctl = Copies.sorted(rctl);
    }
}
