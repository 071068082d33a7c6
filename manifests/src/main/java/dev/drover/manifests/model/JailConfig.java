package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The config of the driver `jail` (also `jail-task-driver`): the parameters of FreeBSD's jail(8)
/// with `_` for `.`, in any case. What becomes of each on Linux and on FreeBSD, a table of the node
/// daemon says.
///
/// @param command the program, seen from inside; or
/// @param execStart a shell line instead of `command` and `args`
/// @param path the root file system, a folder of the node; the task's own folder when absent
/// @param capAdd Linux capabilities beyond the ordinary ones
/// @param capDrop Linux capabilities to do without; `all` for all
/// @param mount one line of fstab: `SOURCE TARGET nullfs OPTIONS`
/// @param vnet `true`, `new` or `inherit`
/// @param rctl limits by resource: `memoryuse`, `maxproc`, `pcpu` …
public record JailConfig(
        Optional<String> command,
        List<String> args,
        List<String> capAdd,
        List<String> capDrop,
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
