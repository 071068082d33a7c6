package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.integer;
import static dev.drover.manifests.hcl.function.Arguments.text;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Functions that hash, and identifiers.
final class HashFunctions {

    /// As many rounds as others take when nobody says how many.
    private static final int COST = 10;

    private static final int COST_LEAST = 4;

    /// Each hash counts like so many characters times 2^cost: a file may have two of the usual
    /// cost, which take 50 ms each, and none of a cost beyond 11.
    private static final int COST_SHIFT = 10;

    /// The first ones run before the JVM has compiled them: as long as one of cost 9 and a half.
    private static final int COST_OF_ANY = 3 << 18;

    private static final int COST_MOST = 31;

    static final List<Definition> ALL =
            List.of(
                    Definition.of("bcrypt", 1, 2, HashFunctions::bcrypt),
                    Definition.of(
                            "rsadecrypt",
                            2,
                            (a, budget) -> decrypted(text(a, 0), text(a, 1), budget)),
                    Definition.of("uuidv4", 0, (_, _) -> Value.of(UUID.randomUUID().toString())),
                    Definition.of(
                            "uuidv5",
                            2,
                            (arguments, _) ->
                                    Value.of(named(text(arguments, 0), text(arguments, 1)))),
                    Definition.of("md5", 1, (arguments, budget) -> hash("MD5", arguments, budget)),
                    Definition.of(
                            "sha1", 1, (arguments, budget) -> hash("SHA-1", arguments, budget)),
                    Definition.of(
                            "sha256", 1, (arguments, budget) -> hash("SHA-256", arguments, budget)),
                    Definition.of(
                            "sha512",
                            1,
                            (arguments, budget) -> hash("SHA-512", arguments, budget)));

    /// Eight decryptions with a key of 4096 bits take 50 ms; a file may have four.
    private static final int RSA_STEPS = 6_000;

    private HashFunctions() {}

    private static Value bcrypt(List<Value> arguments, Budget budget) {
        int wanted = arguments.size() == 2 ? integer(arguments, 1) : COST;
        int cost = wanted < COST_LEAST ? COST : wanted;
        if (cost > COST_MOST) {
            throw Mistake.of("the cost is at most " + COST_MOST + ", not " + cost).in(1);
        }
        budget.produce((1L << (cost + COST_SHIFT)) + COST_OF_ANY);
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return Value.of(Bcrypt.hash(text(arguments, 0), salt, cost));
    }

    private static Value decrypted(String base64, String key, Budget budget) {
        budget.steps(RSA_STEPS);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Mistake.of("what is to be decrypted is not base64").in(0);
        }
        try {
            return Value.of(new String(RsaKey.parse(key).decrypted(bytes), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw Mistake.of("the key does not decrypt it");
        }
    }

    private static Value hash(String algorithm, List<Value> arguments, Budget budget) {
        byte[] bytes = text(arguments, 0).getBytes(StandardCharsets.UTF_8);
        budget.produce(2L * bytes.length); // each byte is worked on, not only copied
        return Value.of(HexFormat.of().formatHex(digest(algorithm, bytes)));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static final Map<String, String> NAMESPACES =
            Map.of(
                    "dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                    "url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
                    "oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
                    "x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8");

    /// The identifier that a name has within a namespace (RFC 4122, version 5): always the same.
    private static String named(String namespace, String name) {
        UUID space;
        try {
            space = UUID.fromString(NAMESPACES.getOrDefault(namespace, namespace));
        } catch (IllegalArgumentException e) {
            throw Mistake.of(
                    "\"" + namespace + "\" is no namespace; write dns, url, oid, x500 or a UUID");
        }
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.allocate(16 + text.length);
        whole.putLong(space.getMostSignificantBits())
                .putLong(space.getLeastSignificantBits())
                .put(text);
        ByteBuffer hash = ByteBuffer.wrap(digest("SHA-1", whole.array()));
        long most = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
        long least = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }
}
