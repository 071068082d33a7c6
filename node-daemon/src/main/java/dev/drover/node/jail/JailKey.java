package dev.drover.node.jail;

import dev.drover.node.jail.Fate.Always;
import dev.drover.node.jail.Fate.Honoured;
import dev.drover.node.jail.Fate.NeedsLeave;
import dev.drover.node.jail.Fate.Refused;
import dev.drover.node.jail.Fate.Warned;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Every key of a jail's config: the name jail(8) has for it, and what becomes of it on Linux and
/// on FreeBSD. Authors may write it in any case, with or without `_` or `.`, so `Exec_start`,
/// `exec.start` and `execStart` are one key.
@SuppressWarnings("ImmutableEnumChecker") // a fate is a record of a text
public enum JailKey {
    COMMAND(Type.TEXT, "", does(), does()),
    ARGS(Type.LIST, "", does(), does()),
    CAP_ADD(Type.LIST, "", needsLeave(), warned("FreeBSD has `allow_…` keys instead")),
    CAP_DROP(Type.LIST, "", does(), warned("FreeBSD has `allow_…` keys instead")),

    USERNS_MODE(Type.TEXT, "", does(), refused("FreeBSD has no user namespaces")),

    PATH(Type.TEXT, "path", does(), does()),
    DOCKER(Type.TEXT, "", refused(Why.IMAGE), refused(Why.IMAGE)),
    JID(Type.TEXT, "jid", warned("the kernel chooses it"), warned("the kernel chooses it")),
    PERSIST(Type.FLAG, "persist", always(Why.LIVES), always(Why.LIVES)),
    DEPEND(Type.TEXT, "depend", refused(Why.DEPEND), refused(Why.DEPEND)),
    HOST_HOSTNAME(Type.TEXT, "host.hostname", does(), does()),
    HOST(Type.TEXT, "host", does(), does()),

    IP4(Type.TEXT, "ip4", does(), does()),
    IP4_ADDR(Type.TEXT, "ip4.addr", refused(Why.ADDRESS), does()),
    IP4_SADDRSEL(Type.FLAG, "ip4.saddrsel", warned(Why.SOURCE), does()),
    IP6(Type.TEXT, "ip6", does(), does()),
    IP6_ADDR(Type.TEXT, "ip6.addr", refused(Why.ADDRESS), does()),
    IP6_SADDRSEL(Type.FLAG, "ip6.saddrsel", warned(Why.SOURCE), does()),
    IP_HOSTNAME(Type.FLAG, "ip_hostname", refused(Why.ADDRESS), does()),
    NIC(Type.TEXT, "interface", refused(Why.ADDRESS), does()),
    VNET(Type.TEXT, "vnet", does(), does()),
    VNET_NIC(Type.TEXT, "vnet.interface", refused(Why.ADDRESS), needsLeave()),

    SECURELEVEL(Type.NUMBER, "securelevel", warned(Why.SECURELEVEL), does()),
    DEVFS_RULESET(Type.NUMBER, "devfs_ruleset", warned(Why.DEVICES), does()),
    CHILDREN_MAX(Type.NUMBER, "children.max", refused(Why.NESTED), needsLeave()),
    CHILDREN_CUR(Type.NUMBER, "children.cur", refused(Why.READ), refused(Why.READ)),
    ENFORCE_STATFS(Type.NUMBER, "enforce_statfs", warned(Why.STATFS), does()),
    OSRELEASE(Type.TEXT, "osrelease", warned(Why.KERNEL), does()),
    OSRELDATE(Type.NUMBER, "osreldate", warned(Why.KERNEL), does()),

    ALLOW_SET_HOSTNAME(Type.FLAG, "allow.set_hostname", refused(Why.ADMIN), does()),
    ALLOW_SYSVIPC(Type.FLAG, "allow.sysvipc", always(Why.OWN_IPC), needsLeave()),
    ALLOW_RAW_SOCKETS(Type.FLAG, "allow.raw_sockets", needsLeave(), needsLeave()),
    ALLOW_CHFLAGS(Type.FLAG, "allow.chflags", needsLeave(), does()),
    ALLOW_MOUNT(Type.FLAG, "allow.mount", refused(Why.ADMIN), needsLeave()),
    ALLOW_MOUNT_DEVFS(Type.FLAG, "allow.mount.devfs", refused(Why.ADMIN), needsLeave()),
    ALLOW_MOUNT_FDESCFS(Type.FLAG, "allow.mount.fdescfs", refused(Why.ADMIN), needsLeave()),
    ALLOW_MOUNT_FUSEFS(Type.FLAG, "allow.mount.fusefs", refused(Why.ADMIN), needsLeave()),
    ALLOW_MOUNT_NULLFS(Type.FLAG, "allow.mount.nullfs", refused(Why.ADMIN), needsLeave()),
    ALLOW_MOUNT_PROCFS(Type.FLAG, "allow.mount.procfs", refused(Why.ADMIN), needsLeave()),
    ALLOW_MOUNT_LINPROCFS(Type.FLAG, "allow.mount.linprocfs", refused(Why.ADMIN), needsLeave()),
    ALLOW_MOUNT_LINSYSFS(Type.FLAG, "allow.mount.linsysfs", refused(Why.ADMIN), needsLeave()),
    ALLOW_MOUNT_TMPFS(Type.FLAG, "allow.mount.tmpfs", refused(Why.ADMIN), needsLeave()),
    ALLOW_MOUNT_ZFS(Type.FLAG, "allow.mount.zfs", refused(Why.ADMIN), needsLeave()),
    ALLOW_QUOTAS(Type.FLAG, "allow.quotas", refused(Why.ADMIN), does()),
    ALLOW_READ_MSGBUF(Type.FLAG, "allow.read_msgbuf", needsLeave(), needsLeave()),
    ALLOW_SOCKET_AF(Type.FLAG, "allow.socket_af", needsLeave(), needsLeave()),
    ALLOW_RESERVED_PORTS(Type.FLAG, "allow.reserved_ports", does(), does()),
    ALLOW_MLOCK(Type.FLAG, "allow.mlock", needsLeave(), does()),
    ALLOW_VMM(Type.FLAG, "allow.vmm", refused(Why.VMM), needsLeave()),

    LINUX(Type.TEXT, "linux", warned(Why.LINUX), does()),
    LINUX_OSNAME(Type.TEXT, "linux.osname", warned(Why.LINUX), does()),
    LINUX_OSRELEASE(Type.TEXT, "linux.osrelease", warned(Why.LINUX), does()),
    LINUX_OSS_VERSION(Type.TEXT, "linux.oss_version", warned(Why.LINUX), does()),
    SYSVMSG(Type.TEXT, "sysvmsg", does(), does()),
    SYSVSEM(Type.TEXT, "sysvsem", does(), does()),
    SYSVSHM(Type.TEXT, "sysvshm", does(), does()),

    EXEC_START(Type.TEXT, "exec.start", does(), does()),
    EXEC_STOP(Type.TEXT, "exec.stop", does(), does()),
    EXEC_PRESTART(Type.TEXT, "exec.prestart", refused(Why.HOOK), needsLeave()),
    EXEC_CREATED(Type.TEXT, "exec.created", refused(Why.HOOK), needsLeave()),
    EXEC_POSTSTART(Type.TEXT, "exec.poststart", refused(Why.HOOK), needsLeave()),
    EXEC_PRESTOP(Type.TEXT, "exec.prestop", refused(Why.HOOK), needsLeave()),
    EXEC_POSTSTOP(Type.TEXT, "exec.poststop", refused(Why.HOOK), needsLeave()),
    EXEC_SYSTEM_USER(Type.TEXT, "exec.system_user", warned(Why.NO_HOOKS), does()),
    EXEC_TIMEOUT(Type.NUMBER, "exec.timeout", warned(Why.NO_HOOKS), does()),
    EXEC_CLEAN(Type.FLAG, "exec.clean", always(Why.CLEAN), always(Why.CLEAN)),
    EXEC_JAIL_USER(Type.TEXT, "exec.jail_user", does(), does()),
    EXEC_SYSTEM_JAIL_USER(Type.FLAG, "exec.system_jail_user", refused(Why.SYSTEM_USER), does()),
    EXEC_CONSOLELOG(Type.TEXT, "exec.consolelog", warned(Why.LOGS), warned(Why.LOGS)),
    EXEC_FIB(Type.NUMBER, "exec.fib", warned("Linux has no routing tables by number"), does()),
    STOP_TIMEOUT(Type.NUMBER, "stop.timeout", warned(Why.GRACE), warned(Why.GRACE)),

    MOUNT(Type.TEXT, "mount", does(), does()),
    MOUNT_FSTAB(Type.TEXT, "mount.fstab", refused(Why.FSTAB), refused(Why.FSTAB)),
    MOUNT_DEVFS(Type.FLAG, "mount.devfs", always(Why.DEV), does()),
    MOUNT_FDESCFS(Type.FLAG, "mount.fdescfs", always(Why.DEV), does()),
    MOUNT_PROCFS(Type.FLAG, "mount.procfs", always(Why.PROC), does()),
    RCTL(Type.RULES, "", does(), does());

    /// How its value is written. A number or a flag may also be written as a text.
    public enum Type {
        TEXT,
        FLAG,
        NUMBER,
        LIST,
        RULES
    }

    /// Mistakes in the names that the first FreeBSD driver had, and that its users had to write.
    private static final Map<String, JailKey> MISSPELT =
            Map.of(
                    "allowreadmsgbug", ALLOW_READ_MSGBUF,
                    "allowmountfdescds", ALLOW_MOUNT_FDESCFS,
                    "execpostart", EXEC_POSTSTART);

    private static final Map<String, JailKey> BY_PLAIN_NAME = byPlainName();

    private final Type type;
    private final String parameter;
    private final Fate linux;
    private final Fate freeBsd;

    JailKey(Type type, String parameter, Fate linux, Fate freeBsd) {
        this.type = type;
        this.parameter = parameter;
        this.linux = linux;
        this.freeBsd = freeBsd;
    }

    /// The key that an author means; empty when there is none.
    public static Optional<JailKey> named(String written) {
        return Optional.ofNullable(BY_PLAIN_NAME.get(plain(written)));
    }

    private static Map<String, JailKey> byPlainName() {
        Map<String, JailKey> names = new HashMap<>(MISSPELT);
        for (JailKey key : values()) {
            names.put(plain(key.name()), key);
            if (!key.parameter.isEmpty()) {
                names.put(plain(key.parameter), key);
            }
        }
        return Map.copyOf(names);
    }

    private static String plain(String name) {
        return name.replaceAll("[_.-]", "").toLowerCase(Locale.ROOT);
    }

    /// How its value is written.
    public Type type() {
        return type;
    }

    /// The parameter of jail(8); empty when it has none.
    public String parameter() {
        return parameter;
    }

    /// What becomes of it on that system.
    public Fate on(Platform platform) {
        return switch (platform) {
            case LINUX -> linux;
            case FREEBSD -> freeBsd;
        };
    }

    /// As messages call it: `exec_start`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Fate does() {
        return new Honoured();
    }

    private static Fate needsLeave() {
        return new NeedsLeave();
    }

    private static Fate always(String how) {
        return new Always(how);
    }

    private static Fate warned(String why) {
        return new Warned(why);
    }

    private static Fate refused(String why) {
        return new Refused(why);
    }

    /// Reasons, apart from the table so that it stays a table.
    private static final class Why {
        static final String IMAGE =
                "no registry is asked here; give the image's archive or layout as `path`, which an"
                        + " `artifact` can bring";
        static final String LIVES = "a jail lives as long as its task";
        static final String DEPEND =
                "tasks of a group are ordered by their `lifecycle`; across jobs there is no order";
        static final String ADDRESS =
                "a Linux jail has no addresses of its own here; use the group's `network` block";
        static final String SOURCE = "Linux chooses source addresses by its routes";
        static final String SECURELEVEL =
                "Linux has no securelevel; loading modules and raw device access are never allowed";
        static final String DEVICES = "a Linux jail always has the devices of ruleset 4";
        static final String NESTED =
                "a jail inside a jail needs namespaces of its own, which the filter refuses";
        static final String READ = "it can only be read";
        static final String STATFS = "a Linux jail sees no mounts but its own, as with 1 and 2";
        static final String KERNEL = "a Linux jail shows the kernel's own release";
        static final String ADMIN = "on Linux it needs CAP_SYS_ADMIN, which would open the jail";
        static final String OWN_IPC = "a jail has System V IPC of its own";
        static final String VMM = "/dev/kvm reaches into the host's kernel";
        static final String LINUX = "this is Linux";
        static final String HOOK =
                "it would be a root shell on the host; use a task with `lifecycle` instead";
        static final String NO_HOOKS = "there are no hooks on the host for which it would count";
        static final String CLEAN = "a task sees no variables but its own";
        static final String SYSTEM_USER =
                "users are those of the jail's own /etc/passwd; give a number to be independent"
                        + " of it";
        static final String LOGS = "the output is in the task's logs";
        static final String GRACE = "the task's `kill_timeout` counts";
        static final String FSTAB =
                "it is a file of the node; write its lines as `mount` or use `volume_mount`";
        static final String DEV = "a Linux jail always has a /dev of its own";
        static final String PROC = "a Linux jail always has a /proc of its own";

        private Why() {}
    }
}
