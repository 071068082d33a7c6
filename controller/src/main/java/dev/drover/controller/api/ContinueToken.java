package dev.drover.controller.api;

import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.Revision;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/// Where the next page of a list begins: the revision of the first page, and the last name of the
/// page before.
///
/// base64url of: | checksum of the rest, hexadecimal | LF | revision | LF | namespace | LF | name |
record ContinueToken(Revision revision, ResourceName after) {

    /// As clients get it.
    String text() {
        String rest = revision + "\n" + after.namespace() + "\n" + after.name();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((checksum(rest) + "\n" + rest).getBytes(StandardCharsets.UTF_8));
    }

    /// What a client sent back.
    ///
    /// @throws RequestFailed when the server never gave such a token
    static ContinueToken parse(String text) throws RequestFailed {
        try {
            String token = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = token.split("\n", 4);
            boolean ours =
                    parts.length == 4
                            && parts[0].equals(checksum(token.substring(token.indexOf('\n') + 1)));
            if (ours) {
                return new ContinueToken(
                        Revision.parse(parts[1]), new ResourceName(parts[2], parts[3]));
            }
        } catch (IllegalArgumentException _) {
            // no base64, no number: the same answer as for a wrong checksum
        }
        throw new RequestFailed(
                Reason.BAD_REQUEST, "continue is not a token of this server: begin the list anew");
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
