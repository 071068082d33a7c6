package dev.drover.node.jail.seccomp;

import dev.drover.node.jail.seccomp.Verdict.Condition;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A filter for seccomp(2), ready to be given to the kernel.
///
/// ```text
///  foreign architecture? ──▶ kill the process: its numbers mean something else
///  x32? ──▶ ENOSYS
///  a balanced tree over the number, whose leaves are ranges of equal verdict:
///      allow │ fail with an errno │ look at an argument, then one of both
///  beyond the last number we know ──▶ ENOSYS: programs fall back to older calls
/// ```
public final class Seccomp {
    private static final int ALLOW = 0x7fff0000;
    private static final int ERRNO = 0x00050000;
    private static final int KILL_PROCESS = 0x80000000;
    private static final int ENOSYS = 38;
    private static final int X32 = 0x40000000;

    // Offsets in struct seccomp_data.
    private static final int NUMBER_AT = 0;
    private static final int MACHINE_AT = 4;
    private static final int ARGUMENTS_AT = 16;
    private static final int ARGUMENT_BYTES = 8;

    private static final int INSTRUCTION_BYTES = 8;

    /// The kernel's own limit.
    private static final int INSTRUCTIONS_MAX = 4096;

    private final List<Instruction> program;

    private Seccomp(List<Instruction> program) {
        this.program = List.copyOf(program);
    }

    /// System calls from `from` on, up to the next range, share this verdict.
    private record Range(int from, Verdict verdict) {}

    /// The filter of a task.
    public static Seccomp of(Profile profile, Machine machine, Wishes wishes) {
        List<Instruction> program = new ArrayList<>();
        program.add(Instruction.of(Instruction.LOAD, MACHINE_AT));
        program.add(new Instruction(Instruction.JUMP_EQUAL, 1, 0, machine.audit()));
        program.add(Instruction.of(Instruction.RETURN, KILL_PROCESS));
        program.add(Instruction.of(Instruction.LOAD, NUMBER_AT));
        if (machine == Machine.X86_64) {
            program.add(new Instruction(Instruction.JUMP_AT_LEAST, 0, 1, X32));
            program.add(Instruction.of(Instruction.RETURN, ERRNO | ENOSYS));
        }
        program.addAll(tree(ranges(profile, profile.syscalls(machine), wishes)));
        if (program.size() > INSTRUCTIONS_MAX) {
            throw new IllegalStateException("a filter of " + program.size() + " instructions");
        }
        return new Seccomp(program);
    }

    private static List<Range> ranges(Profile profile, Syscalls syscalls, Wishes wishes) {
        Verdict unknown = new Verdict.Fail(ENOSYS);
        List<Range> ranges = new ArrayList<>();
        for (int number = 0; number <= syscalls.names().lastKey() + 1; number++) {
            String name = syscalls.names().get(number);
            Verdict verdict = name == null ? unknown : profile.verdict(name, wishes);
            if (ranges.isEmpty() || !ranges.getLast().verdict().equals(verdict)) {
                ranges.add(new Range(number, verdict));
            }
        }
        return ranges;
    }

    /// Every way through it ends with a return, so parts can simply be put one after another.
    private static List<Instruction> tree(List<Range> ranges) {
        if (ranges.size() == 1) {
            return leaf(ranges.getFirst().verdict());
        }
        int middle = ranges.size() / 2;
        List<Instruction> below = tree(ranges.subList(0, middle));
        List<Instruction> above = tree(ranges.subList(middle, ranges.size()));
        List<Instruction> program = new ArrayList<>();
        int pivot = ranges.get(middle).from();
        if (below.size() <= Instruction.SKIP_MAX) {
            program.add(new Instruction(Instruction.JUMP_AT_LEAST, below.size(), 0, pivot));
        } else {
            program.add(new Instruction(Instruction.JUMP_AT_LEAST, 0, 1, pivot));
            program.add(Instruction.of(Instruction.JUMP, below.size()));
        }
        program.addAll(below);
        program.addAll(above);
        return program;
    }

    private static List<Instruction> leaf(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow() -> List.of(Instruction.of(Instruction.RETURN, ALLOW));
            case Verdict.Fail(int errno) ->
                    List.of(Instruction.of(Instruction.RETURN, ERRNO | errno));
            case Verdict.AllowWhen(List<Condition> any, int errno) -> conditional(any, errno);
        };
    }

    private static List<Instruction> conditional(List<Condition> any, int errno) {
        List<Instruction> program = new ArrayList<>();
        for (Condition c : any) {
            int at = ARGUMENTS_AT + c.argument() * ARGUMENT_BYTES;
            program.add(Instruction.of(Instruction.LOAD, at));
            program.add(Instruction.of(Instruction.AND, c.mask()));
            // To the return that follows, or past it.
            int equal = c.equal() ? 0 : 1;
            program.add(new Instruction(Instruction.JUMP_EQUAL, equal, 1 - equal, c.value()));
            program.add(Instruction.of(Instruction.RETURN, ALLOW));
        }
        program.add(Instruction.of(Instruction.RETURN, ERRNO | errno));
        return program;
    }

    List<Instruction> program() {
        return program;
    }

    /// The bytes of the kernel's `struct sock_filter`s in hexadecimal.
    public String hex() {
        StringBuilder hex = new StringBuilder(program.size() * 2 * INSTRUCTION_BYTES);
        HexFormat format = HexFormat.of();
        for (Instruction i : program) {
            hex.append(format.toHexDigits((byte) i.code())).append("00");
            hex.append(format.toHexDigits((byte) i.yes()));
            hex.append(format.toHexDigits((byte) i.no()));
            hex.append(format.toHexDigits(Integer.reverseBytes(i.operand())));
        }
        return hex.toString();
    }
}
