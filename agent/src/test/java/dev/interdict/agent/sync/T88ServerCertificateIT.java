package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.time.FixedBootClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose certificate is not what it has to be is told nothing, not even the token.
class T88ServerCertificateIT {
  private static final String HERE = "ip:127.0.0.1";

  @TempDir Path folder;
  private StateDirectory state;

  @BeforeEach
  void make() throws Exception {
    state = StateDirectory.open(folder.resolve("state"));
  }

  private void enrol(SmallServer server, Uplink uplink) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256").digest(server.repository.initialRoot());
    new Enrolling(
            server.address(),
            uplink,
            state,
            new FixedBootClock(),
            () -> SmallServer.NOW,
            new SecureRandom())
        .enrol("token-1", HexFormat.of().formatHex(digest));
  }

  /// @param believed whose certificate the administrator's file holds; itself an authority
  private void refused(TlsServer.Identity shown, TlsServer.Identity believed) throws Exception {
    var uplink = Uplink.STRAIGHT.trusting(authorities(believed.pem()));
    try (var server = new SmallServer(folder.resolve("repository"), shown.context())) {
      assertThrows(IOException.class, () -> enrol(server, uplink));
      assertEquals(0, server.asked.size(), server.asked::toString);
      assertFalse(Files.exists(state.enrolment()));
    }
  }

  private Path authorities(String pem) throws IOException {
    return Files.writeString(folder.resolve("ca.pem"), pem);
  }

  @Test
  void the_servers_own_is_believed() throws Exception {
    var own = TlsServer.Identity.current(folder, "own", HERE);
    var uplink = Uplink.STRAIGHT.trusting(authorities(own.pem()));
    try (var server = new SmallServer(folder.resolve("repository"), own.context())) {
      enrol(server, uplink);
      assertNotNull(state.enrolment());
      assertEquals(1, server.taken.size());
    }
  }

  @Test
  void one_of_another_host_is_not() throws Exception {
    var elsewhere = TlsServer.Identity.current(folder, "elsewhere", "dns:interdict.example.com");
    refused(elsewhere, elsewhere);
  }

  @Test
  void one_that_signed_itself_is_not() throws Exception {
    refused(
        TlsServer.Identity.current(folder, "itself", HERE),
        TlsServer.Identity.current(folder, "own", HERE));
  }

  /// Also where just that certificate is what was given to trust, of which Java alone asks no date.
  @Test
  void one_whose_time_is_over_or_has_not_come_is_not() throws Exception {
    for (var start : new String[] {"-31d", "+1d"}) {
      var name = "own" + start;
      var own = TlsServer.Identity.begun(folder, name, HERE, start);
      var uplink = Uplink.STRAIGHT.trusting(authorities(own.pem()));
      try (var server = new SmallServer(folder.resolve("of" + start), own.context())) {
        var why = assertThrows(IOException.class, () -> enrol(server, uplink));
        assertTrue(String.valueOf(why.getMessage()).contains("that was presented"), why::toString);
        assertTrue(
            String.valueOf(why.getMessage()).contains("this computer's clock"), why::toString);
        assertEquals(0, server.asked.size(), server.asked::toString);
        assertFalse(Files.exists(state.enrolment()));
      }
    }
  }

  /// So a certificate that ended is mended at the server, where what was given is an authority.
  @Test
  void one_of_the_same_key_that_took_the_place_of_one_that_ended_is() throws Exception {
    var before = TlsServer.Identity.begun(folder, "own", HERE, "-31d");
    var uplink = Uplink.STRAIGHT.trusting(authorities(before.pem()));
    var after = TlsServer.Identity.renewed(folder, "own", HERE, "-1d");
    try (var server = new SmallServer(folder.resolve("repository"), after.context())) {
      enrol(server, uplink);
      assertNotNull(state.enrolment());
    }
  }

  @Test
  void no_authorities_at_all_are_a_mistake_and_not_everybody() throws Exception {
    for (var nothing : new String[] {"", "\n", "-----BEGIN CERTIFICATE-----\n"}) {
      var file = authorities(nothing);
      assertThrows(IOException.class, () -> Uplink.STRAIGHT.trusting(file), nothing);
    }
  }
}
