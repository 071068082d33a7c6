package dev.drover.manifests.hcl.function;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The password hash of OpenBSD, version 2a (Provos and Mazières, 1999): Blowfish with a key
/// schedule that is repeated 2^cost times.
final class Bcrypt {
    private static final int ROUNDS = 16;
    private static final int SUBKEYS = ROUNDS + 2;
    private static final int BOXES = 4 * 256;

    private static final int KEY_MAX = 72;
    private static final String ALPHABET =
            "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final int[] subkeys;
    private final int[] boxes;

    private Bcrypt() {
        subkeys = Arrays.copyOf(Pi.WORDS, SUBKEYS);
        boxes = Arrays.copyOfRange(Pi.WORDS, SUBKEYS, SUBKEYS + BOXES);
    }

    /// The digits of π, which Blowfish begins with.
    private static final class Pi {
        static final int[] WORDS = words();

        private static int[] words() {
            int count = SUBKEYS + BOXES;
            int precision = 32 * count + 64;
            BigInteger pi =
                    inverseTangent(5, precision)
                            .shiftLeft(4)
                            .subtract(inverseTangent(239, precision).shiftLeft(2));
            int[] words = new int[count];
            for (int i = 0; i < count; i++) {
                words[i] = pi.shiftRight(precision - 32 * (i + 1)).intValue();
            }
            return words;
        }

        /// The arctangent of 1/x, as so many binary digits (Machin's formula takes two of them).
        private static BigInteger inverseTangent(int x, int precision) {
            BigInteger square = BigInteger.valueOf((long) x * x);
            BigInteger power = BigInteger.ONE.shiftLeft(precision).divide(BigInteger.valueOf(x));
            BigInteger sum = power;
            for (int n = 3; power.signum() != 0; n += 2) {
                power = power.divide(square);
                BigInteger term = power.divide(BigInteger.valueOf(n));
                sum = n % 4 == 3 ? sum.subtract(term) : sum.add(term);
            }
            return sum;
        }
    }

    /// `$2a$10$` and, in an alphabet of its own, salt and hash. Of a password the first 72 bytes
    /// count.
    static String hash(String password, byte[] salt, int cost) {
        byte[] text = (password + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] key = Arrays.copyOf(text, Math.min(text.length, KEY_MAX));
        Bcrypt state = new Bcrypt();
        state.expand(key, salt);
        for (long i = 0; i < 1L << cost; i++) {
            state.expand(key, new byte[16]);
            state.expand(salt, new byte[16]);
        }
        byte[] hash =
                state.encrypted("OrpheanBeholderScryDoubt".getBytes(StandardCharsets.US_ASCII));
        return "$2a$%02d$".formatted(cost)
                + encoded(salt, salt.length)
                + encoded(hash, hash.length - 1);
    }

    /// One turn of the key schedule.
    private void expand(byte[] key, byte[] salt) {
        int keyAt = 0;
        for (int i = 0; i < SUBKEYS; i++) {
            for (int b = 0; b < 4; b++) {
                subkeys[i] ^= (key[keyAt] & 0xFF) << (24 - 8 * b);
                keyAt = (keyAt + 1) % key.length;
            }
        }
        int left = 0;
        int right = 0;
        int saltAt = 0;
        for (int i = 0; i < SUBKEYS + BOXES; i += 2) {
            long block = block(left ^ word(salt, saltAt), right ^ word(salt, saltAt + 4));
            saltAt = (saltAt + 8) % salt.length;
            left = (int) (block >>> 32);
            right = (int) block;
            int[] into = i < SUBKEYS ? subkeys : boxes;
            int at = i < SUBKEYS ? i : i - SUBKEYS;
            into[at] = left;
            into[at + 1] = right;
        }
    }

    private static int word(byte[] bytes, int at) {
        return bytes[at] << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }

    /// One block of Blowfish: the left half above the right one.
    private long block(int leftIn, int rightIn) {
        int left = leftIn ^ subkeys[0];
        int right = rightIn;
        for (int i = 1; i < SUBKEYS - 1; i += 2) {
            right ^= mixed(left) ^ subkeys[i];
            left ^= mixed(right) ^ subkeys[i + 1];
        }
        return (long) (right ^ subkeys[SUBKEYS - 1]) << 32 | (left & 0xFFFF_FFFFL);
    }

    private int mixed(int half) {
        int sum = boxes[half >>> 24] + boxes[256 + (half >>> 16 & 0xFF)];
        return (sum ^ boxes[512 + (half >>> 8 & 0xFF)]) + boxes[768 + (half & 0xFF)];
    }

    private byte[] encrypted(byte[] text) {
        byte[] result = text.clone();
        for (int at = 0; at < result.length; at += 8) {
            for (int i = 0; i < 64; i++) {
                long block = block(word(result, at), word(result, at + 4));
                for (int b = 0; b < 8; b++) {
                    result[at + b] = (byte) (block >>> (56 - 8 * b));
                }
            }
        }
        return result;
    }

    /// Base 64 with another alphabet and no padding.
    private static String encoded(byte[] bytes, int length) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < length; at += 3) {
            int left = Math.min(3, length - at);
            int group =
                    (bytes[at] & 0xFF) << 16
                            | (left > 1 ? bytes[at + 1] & 0xFF : 0) << 8
                            | (left > 2 ? bytes[at + 2] & 0xFF : 0);
            for (int i = 0; i <= left; i++) {
                text.append(ALPHABET.charAt(group >>> (18 - 6 * i) & 0x3F));
            }
        }
        return text.toString();
    }
}
