package dev.drover.node.jail.seccomp;

/// One instruction of the classic Berkeley packet filter, `struct sock_filter` of linux/filter.h.
///
/// @param yes how many instructions to skip when a comparison holds; at most 255
/// @param no how many when it does not
/// @param operand an unsigned 32-bit number
record Instruction(int code, int yes, int no, int operand) {
    static final int LOAD = 0x20;
    static final int AND = 0x54;
    static final int JUMP = 0x05;
    static final int JUMP_EQUAL = 0x15;
    static final int JUMP_AT_LEAST = 0x35;
    static final int RETURN = 0x06;

    /// The longest way a comparison can skip.
    static final int SKIP_MAX = 255;

    Instruction {
        if (yes < 0 || yes > SKIP_MAX || no < 0 || no > SKIP_MAX) {
            throw new IllegalArgumentException("a jump of " + Math.max(yes, no));
        }
    }

    static Instruction of(int code, int operand) {
        return new Instruction(code, 0, 0, operand);
    }
}
