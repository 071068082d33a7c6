package dev.drover.node.jail.seccomp;

import java.util.Arrays;
import java.util.List;

/// Runs a filter over one system call, as net/core/filter.c does.
record FilterMachine(List<Instruction> program) {

    static final int ALLOW = 0x7fff0000;
    static final int KILL = 0x80000000;

    static int errno(int number) {
        return 0x00050000 | number;
    }

    int judge(int audit, int number, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        int accumulator = 0;
        int at = 0;
        while (true) {
            Instruction i = program.get(at++);
            switch (i.code()) {
                case Instruction.LOAD -> accumulator = word(i.operand(), audit, number, six);
                case Instruction.AND -> accumulator &= i.operand();
                case Instruction.JUMP -> at += i.operand();
                case Instruction.JUMP_EQUAL -> at += accumulator == i.operand() ? i.yes() : i.no();
                case Instruction.JUMP_AT_LEAST ->
                        at +=
                                Integer.compareUnsigned(accumulator, i.operand()) >= 0
                                        ? i.yes()
                                        : i.no();
                case Instruction.RETURN -> {
                    return i.operand();
                }
                default -> throw new AssertionError("no such instruction: " + i);
            }
        }
    }

    private static int word(int offset, int audit, int number, long[] arguments) {
        return switch (offset) {
            case 0 -> number;
            case 4 -> audit;
            default -> {
                long argument = arguments[(offset - 16) / 8];
                yield (int) (offset % 8 == 0 ? argument : argument >>> 32);
            }
        };
    }
}
