package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.cli.DoctorCommand.Check;
import dev.interdict.agent.state.FailedJoin;
import dev.interdict.agent.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentChecksTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

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

  @BeforeEach
  void packaged() throws IOException {
    Files.createDirectory(folder.resolve("enrol.conf.d"));
    settings("#INTERDICT_SERVER=");
  }

  private void settings(String... lines) throws IOException {
    Files.write(folder.resolve("enrol.conf"), List.of(lines));
  }

  private List<Check> checks() {
    return EnrolmentChecks.of(folder, NOW);
  }

  @Test
  void a_package_that_was_told_nothing_misses_a_server() {
    assertEquals(
        List.of(new Check("no-server", false, folder.resolve("enrol.conf").toString())), checks());
  }

  @Test
  void what_is_not_there_counts_for_nothing() throws Exception {
    Files.delete(folder.resolve("enrol.conf.d"));
    assertEquals("no-server", checks().getFirst().name());
    settings("INTERDICT_SERVER=https://one.example.com");
    assertTrue(checks().contains(new Check("no-setting", false, "INTERDICT_ROOT_KEY")));
    Files.delete(folder.resolve("enrol.conf"));
    assertEquals("no-server", checks().getFirst().name());
    assertEquals(List.of(), EnrolmentChecks.of(folder.resolve("elsewhere"), NOW));
  }

  @Test
  void what_is_missing_is_named_and_a_later_file_counts() throws Exception {
    settings("INTERDICT_SERVER=\"https://one.example.com\" ");
    Files.writeString(
        folder.resolve("enrol.conf.d/10-company.conf"), "INTERDICT_SERVER=https://two.example.com");
    assertEquals(
        List.of(
            new Check("no-setting", false, "INTERDICT_ROOT_KEY"),
            new Check("no-setting", false, "INTERDICT_ENROL_TOKEN")),
        checks());
    settings("INTERDICT_ROOT_KEY=sha256:00", "INTERDICT_ENROL_TOKEN=secret");
    assertEquals(List.of(new Check("not-joined", false, "https://two.example.com")), checks());
  }

  @Test
  void files_that_the_settings_name_are_looked_at() throws Exception {
    var token = folder.resolve("token");
    var ca = folder.resolve("ca.pem");
    settings(
        "INTERDICT_SERVER=https://one.example.com",
        "INTERDICT_ROOT_KEY=sha256:00",
        "INTERDICT_ENROL_TOKEN_FILE=" + token,
        "INTERDICT_CA_FILE='" + ca + "'");
    assertEquals(
        List.of(
            new Check("no-token", false, token.toString()),
            new Check("ca-unread", false, "there is no file " + ca)),
        checks());
    Files.writeString(token, "secret");
    Files.writeString(ca, "no certificate");
    assertTrue(checks().getFirst().detail().contains(ca + " holds no certificate"));
    Files.writeString(ca, ENDED);
    assertEquals(List.of(new Check("ca-ended", false, "2025-01-01T00:00:00Z")), checks());
    Files.writeString(ca, ENDED + AUTHORITY);
    assertEquals(
        List.of(
            new Check("ca", true, "2999-01-01T00:00:00Z"),
            new Check("not-joined", false, "https://one.example.com")),
        checks());
  }

  @Test
  void a_computer_without_the_agents_folder_belongs_to_no_server() throws Exception {
    var state = new StateDirectory(folder.resolve("state"));
    assertTrue(EnrolmentChecks.isNotEnrolled(state));
    Files.createDirectory(state.path());
    assertTrue(EnrolmentChecks.isNotEnrolled(state));
    Files.writeString(state.enrolment(), "{}");
    assertFalse(EnrolmentChecks.isNotEnrolled(state));
  }

  @Test
  void the_last_try_is_told_where_there_was_one() throws Exception {
    var state = new StateDirectory(folder.resolve("state"));
    assertEquals(List.of(), EnrolmentChecks.lastTry(state));
    new FailedJoin(NOW.plusNanos(1), "refused").save(state);
    assertEquals(
        List.of(new Check("last-try", false, "2026-07-01T00:00:00Z refused")),
        EnrolmentChecks.lastTry(state));
    Files.writeString(state.failedJoin(), "{\"at\": \"yesterday\", \"why\": \"refused\"}");
    assertEquals(List.of(), EnrolmentChecks.lastTry(state));
  }

  @Test
  void where_there_is_no_package_nothing_is_said_of_its_settings() {
    assertEquals(List.of(), EnrolmentChecks.of(folder.resolve("nowhere"), NOW));
  }
}
