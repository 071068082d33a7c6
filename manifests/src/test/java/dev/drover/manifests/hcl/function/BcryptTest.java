package dev.drover.manifests.hcl.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hashes that Go's implementation made, with the salt that each of them holds.
class BcryptTest {
    private static final String ALPHABET =
            "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    @ParameterizedTest
    @CsvSource({
        "x, $2a$05$H3xodM3Z4uwhTEMiOEmQHubSeJS1opI2VhXn.KQ15cavDMETjxJIW",
        "'', $2a$05$mTyeVK4.gD1pIFakDTZpU.dvrosBxGiDmdZdQuoD.4slDRAWHAr2m",
        "pässword, $2a$05$6AFeegc3h108pghP9TPFlOrTFmLDMXDkpnVZ3kwhL9wXedZcPKScO",
    })
    void a_password_has_the_hash_that_it_has_elsewhere(String password, String hash) {
        assertThat(Bcrypt.hash(password, salt(hash), 5)).isEqualTo(hash);
    }

    @Test
    void only_the_first_72_bytes_count() {
        String hash = "$2a$05$f/sitaI2seBTKKog3Z5Tnuo/A5BSmVFhXdDEcibG/0A.fxvvvdgp6";

        assertThat(Bcrypt.hash("a".repeat(80), salt(hash), 5)).isEqualTo(hash);
        assertThat(Bcrypt.hash("a".repeat(99), salt(hash), 5)).isEqualTo(hash);
    }

    /// 16 bytes in 22 letters.
    private static byte[] salt(String hash) {
        String text = hash.substring(7, 29);
        byte[] salt = new byte[18];
        for (int bit = 0; bit < 22 * 6; bit++) {
            int letter = ALPHABET.indexOf(text.charAt(bit / 6));
            int value = letter >> (5 - bit % 6) & 1;
            salt[bit / 8] |= (byte) (value << (7 - bit % 8));
        }
        return Arrays.copyOf(salt, 16);
    }
}
