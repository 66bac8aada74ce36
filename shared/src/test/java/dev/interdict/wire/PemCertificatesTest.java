package dev.interdict.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemCertificatesTest {
  /// Of a server, until the end of 2024.
  private static final String ENDED =
      """
      -----BEGIN CERTIFICATE-----
      MIIBNDCB3KADAgECAhQhwS+YZJtpSUPFIukhFMngSbQJ8TAKBggqhkjOPQQDAjAb
      MRkwFwYDVQQDDBBzaWVtLmV4YW1wbGUuY29tMB4XDTI0MDEwMTAwMDAwMFoXDTI1
      MDEwMTAwMDAwMFowGzEZMBcGA1UEAwwQc2llbS5leGFtcGxlLmNvbTBZMBMGByqG
      SM49AgEGCCqGSM49AwEHA0IABPNgUuqvA+cAYdpbpFnQmQHd0o9CQFCOHn8WSfmH
      gf3sYI457pEe1qZToX6egmkFY+14lUGXapjNNoX2y9VlAKwwCgYIKoZIzj0EAwID
      RwAwRAIgV51vDk6K48eMPUXZSxhQgrQRO3VYAj93wboJczBeZg0CIHLPREccDbxx
      Amdgn1odwhL2hQJAInZEdzcLRhhV+g59
      -----END CERTIFICATE-----
      """;

  /// Of an authority, until the end of 2998.
  private static final String AUTHORITY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBRDCB66ADAgECAhQJq6197JohDTLk56nz6wYiHtJq3DAKBggqhkjOPQQDAjAX
      MRUwEwYDVQQDDAxBbiBhdXRob3JpdHkwIBcNMjQwMTAxMDAwMDAwWhgPMjk5OTAx
      MDEwMDAwMDBaMBcxFTATBgNVBAMMDEFuIGF1dGhvcml0eTBZMBMGByqGSM49AgEG
      CCqGSM49AwEHA0IABEWvfo6aw7N9sXw3Ooheaop2Kq9ogFROTliY+0nqosXbch4r
      XzzBk6tknAWZ5+vYd3qHgJsh3IiRKh2ZBng3zFOjEzARMA8GA1UdEwEB/wQFMAMB
      Af8wCgYIKoZIzj0EAwIDSAAwRQIgLMJuuH49y8jDFNYl1iqNOWhNTD7plDEChQOG
      AZ2qKbsCIQC/lCxem3LhjeBVKyFuVGpvDX9WNMCLEboGFqveyHeo5g==
      -----END CERTIFICATE-----
      """;

  @TempDir private Path folder;

  private static PemCertificates of(String pem) throws IOException {
    return PemCertificates.of(pem.getBytes(StandardCharsets.US_ASCII), "it");
  }

  private static String refused(Path file) {
    return String.valueOf(
        assertThrows(IOException.class, () -> PemCertificates.read(file)).getMessage());
  }

  @Test
  void the_one_that_lasts_longest_says_until_when_and_an_authority_is_told_from_a_server()
      throws Exception {
    assertEquals(Instant.parse("2025-01-01T00:00:00Z"), of(ENDED).end());
    assertFalse(of(ENDED).hasAuthority());
    var both = of(AUTHORITY + ENDED);
    assertEquals(2, both.all().size());
    assertEquals(Instant.parse("2999-01-01T00:00:00Z"), both.end());
    assertTrue(both.hasAuthority());
  }

  @Test
  void a_file_that_is_no_good_is_named_with_what_is_wrong_with_it() throws Exception {
    var file = folder.resolve("ca.pem");
    assertEquals("there is no file " + file, refused(file));
    assertEquals(folder + " is a folder; name the file with the certificates", refused(folder));
    Files.writeString(file, "");
    assertEquals(file + " holds no certificate; it wants PEM (BEGIN CERTIFICATE)", refused(file));
    Files.writeString(file, ENDED.replace("CERTIFICATE", "PRIVATE KEY"));
    assertEquals(file + " holds no certificate; it wants PEM (BEGIN CERTIFICATE)", refused(file));
    Files.writeString(file, ENDED.replace("MII", "AAA"));
    assertTrue(refused(file).startsWith(file + " cannot be read as certificates: "));
  }
}
