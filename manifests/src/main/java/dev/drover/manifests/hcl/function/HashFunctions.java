package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.text;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/// Functions that hash, and identifiers.
final class HashFunctions {

    static final List<Definition> ALL =
            List.of(
                    Definition.of("uuidv4", 0, (_, _) -> Value.of(UUID.randomUUID().toString())),
                    Definition.of("md5", 1, (arguments, budget) -> hash("MD5", arguments, budget)),
                    Definition.of(
                            "sha1", 1, (arguments, budget) -> hash("SHA-1", arguments, budget)),
                    Definition.of(
                            "sha256", 1, (arguments, budget) -> hash("SHA-256", arguments, budget)),
                    Definition.of(
                            "sha512",
                            1,
                            (arguments, budget) -> hash("SHA-512", arguments, budget)));

    private HashFunctions() {}

    private static Value hash(String algorithm, List<Value> arguments, Budget budget) {
        byte[] bytes = text(arguments, 0).getBytes(StandardCharsets.UTF_8);
        budget.produce(bytes.length);
        try {
            return Value.of(
                    HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
