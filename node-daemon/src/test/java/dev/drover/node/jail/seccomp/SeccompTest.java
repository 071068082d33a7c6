package dev.drover.node.jail.seccomp;

import static dev.drover.node.jail.seccomp.FilterMachine.ALLOW;
import static dev.drover.node.jail.seccomp.FilterMachine.KILL;
import static dev.drover.node.jail.seccomp.FilterMachine.errno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeccompTest {
    private static final Profile STANDARD = Profile.standard();
    private static final int EPERM = errno(1);
    private static final int ENOSYS = errno(38);

    private static int judge(Wishes wishes, String call, long... arguments) {
        return judge(STANDARD, Machine.X86_64, wishes, number(Machine.X86_64, call), arguments);
    }

    // Five: the last is the call's own.
    private static int judge(
            Profile profile, Machine machine, Wishes wishes, int number, long... arguments) {
        return new FilterMachine(Seccomp.of(profile, machine, wishes).program())
                .judge(machine.audit(), number, arguments);
    }

    private static int number(Machine machine, String name) {
        return STANDARD.syscalls(machine).names().entrySet().stream()
                .filter(e -> e.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void every_call_gets_the_verdict_of_the_profile(Machine machine) {
        var filter = new FilterMachine(Seccomp.of(STANDARD, machine, Wishes.NONE).program());
        Syscalls syscalls = STANDARD.syscalls(machine);
        for (int number = 0; number < 1000; number++) {
            String name = syscalls.names().get(number);
            int expected =
                    name == null
                            ? ENOSYS
                            : switch (STANDARD.verdict(name, Wishes.NONE)) {
                                case Verdict.Allow() -> ALLOW;
                                case Verdict.Fail(int errno) -> errno(errno);
                                // With every argument 0 each of them holds.
                                case Verdict.AllowWhen(var _, int _) -> ALLOW;
                            };
            assertThat(filter.judge(machine.audit(), number))
                    .as("%s %s", number, name)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"read", "execve", "futex", "socketpair", "mmap", "openat2", "fchmodat2"})
    void ordinary_calls_are_allowed(String call) {
        assertThat(judge(Wishes.NONE, call)).isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount",
                "umount2",
                "pivot_root",
                "unshare",
                "setns",
                "keyctl",
                "add_key",
                "bpf",
                "kexec_load",
                "init_module",
                "open_by_handle_at",
                "userfaultfd",
                "io_uring_setup",
                "perf_event_open",
                "reboot",
                "chroot",
                "move_mount",
                "fsopen",
                "sethostname",
                "settimeofday",
                "iopl",
                "swapon",
                "quotactl",
                "acct",
                "kcmp"
            })
    void calls_that_reach_beyond_a_jail_are_refused(String call) {
        assertThat(judge(Wishes.NONE, call)).isEqualTo(EPERM);
    }

    @ParameterizedTest
    @CsvSource({
        "00000011, true", "01200000, true", "02000000, false", "04000000, false", "08000000, false",
        "10000000, false", "20000000, false", "40000000, false", "00020000, false",
                "7e020000, false"
    })
    void clone_makes_no_namespaces(String flags, boolean allowed) {
        assertThat(judge(Wishes.NONE, "clone", Long.parseLong(flags, 16)))
                .isEqualTo(allowed ? ALLOW : EPERM);
    }

    @Test
    void clone3_is_unknown_so_that_programs_fall_back_to_clone() {
        assertThat(judge(Wishes.NONE, "clone3")).isEqualTo(ENOSYS);
    }

    @Test
    void vsock_is_refused_also_with_bits_above_the_int() {
        assertThat(judge(Wishes.NONE, "socket", 2)).isEqualTo(ALLOW);
        assertThat(judge(Wishes.NONE, "socket", 40)).isEqualTo(EPERM);
        assertThat(judge(Wishes.NONE, "socket", 1L << 32 | 40)).isEqualTo(EPERM);
    }

    @Test
    void only_ordinary_personalities_are_allowed() {
        assertThat(judge(Wishes.NONE, "personality", 8)).isEqualTo(ALLOW);
        assertThat(judge(Wishes.NONE, "personality", 0xffffffffL)).isEqualTo(ALLOW);
        assertThat(judge(Wishes.NONE, "personality", 0x0040000)).isEqualTo(EPERM);
    }

    @Test
    void a_capability_opens_its_calls_and_no_others() {
        Wishes chroot = new Wishes(Set.of("sys_chroot"), Set.of());
        assertThat(judge(chroot, "chroot")).isEqualTo(ALLOW);
        assertThat(judge(chroot, "mount")).isEqualTo(EPERM);
        Wishes admin = new Wishes(Set.of("sys_admin"), Set.of());
        assertThat(judge(admin, "clone3")).isEqualTo(ALLOW);
        assertThat(judge(admin, "clone", 0x10000000)).isEqualTo(ALLOW);
    }

    @Test
    void what_is_denied_stays_denied() {
        Wishes wishes = new Wishes(Set.of("sys_chroot"), Set.of("chroot", "shmget"));
        assertThat(judge(wishes, "chroot")).isEqualTo(EPERM);
        assertThat(judge(wishes, "shmget")).isEqualTo(EPERM);
    }

    @Test
    void a_foreign_architecture_is_killed() {
        var filter = new FilterMachine(Seccomp.of(STANDARD, Machine.X86_64, Wishes.NONE).program());
        int i386 = 0x40000003;
        assertThat(filter.judge(i386, 4)).isEqualTo(KILL);
    }

    @Test
    void x32_is_unknown() {
        assertThat(judge(STANDARD, Machine.X86_64, Wishes.NONE, 0x40000000)).isEqualTo(ENOSYS);
        assertThat(judge(STANDARD, Machine.X86_64, Wishes.NONE, -1)).isEqualTo(ENOSYS);
    }

    @Test
    void long_ways_are_jumped_in_two_steps() {
        // 300 conditions of four instructions each make one side of the tree longer than a skip.
        StringBuilder text = new StringBuilder("allow read\n");
        for (int value = 0; value < 300; value++) {
            text.append("allow write when argument 0 & ffffffff == ")
                    .append(Integer.toHexString(value))
                    .append('\n');
        }
        Profile wide = Profile.of(text.toString());
        assertThat(judge(wide, Machine.X86_64, Wishes.NONE, 1, 299)).isEqualTo(ALLOW);
        assertThat(judge(wide, Machine.X86_64, Wishes.NONE, 1, 300)).isEqualTo(EPERM);
        assertThat(judge(wide, Machine.X86_64, Wishes.NONE, 2)).isEqualTo(EPERM);
    }

    @Test
    void a_misspelt_call_in_a_profile_is_found() {
        assertThatThrownBy(() -> Profile.of("allow raed")).hasMessageContaining("raed");
        assertThatThrownBy(() -> Profile.of("permit read")).hasMessageContaining("permit");
    }

    @Test
    void the_bytes_are_those_of_sock_filter() {
        assertThat(Seccomp.of(STANDARD, Machine.X86_64, Wishes.NONE).hex())
                .startsWith("2000000004000000" + "150001003e0000c0" + "0600000000000080");
    }

    @Test
    void the_filter_is_short() {
        assertThat(Seccomp.of(STANDARD, Machine.X86_64, Wishes.NONE).program())
                .hasSizeLessThan(256);
        assertThat(Seccomp.of(STANDARD, Machine.AARCH64, Wishes.NONE).program())
                .hasSizeLessThan(256);
    }
}
