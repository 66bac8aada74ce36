package dev.interdict.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.interdict.server.mail.MailSettings.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against GreenMail with TLS from the first byte and a certificate of its own.
@Tag("any-database")
class MailOverTlsIT {
  private static final String FILE = "greenmail.tls.keystore.file";
  private static final String PASSWORD = "greenmail.tls.keystore.password";

  @TempDir Path folder;
  private GreenMail server;

  @BeforeEach
  void start() throws Exception {
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        "mail",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost");
    keytool("-exportcert", "-rfc", "-alias", "mail", "-file", certificate().toString());
    System.setProperty(FILE, folder.resolve("mail.p12").toString());
    System.setProperty(PASSWORD, "changeit");
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    System.clearProperty(FILE);
    System.clearProperty(PASSWORD);
  }

  private Path certificate() {
    return folder.resolve("mail.pem");
  }

  private void keytool(String... arguments) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-keystore",
            folder.resolve("mail.p12").toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit"));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private void send(String host, @Nullable Path ca) throws Exception {
    send(host, server.getSmtps().getPort(), Security.TLS, ca);
  }

  private static void send(String host, int port, Security security, @Nullable Path ca)
      throws Exception {
    send(host, port, security, ca, null, null);
  }

  private static void send(
      String host,
      int port,
      Security security,
      @Nullable Path ca,
      @Nullable String user,
      @Nullable Path password)
      throws Exception {
    var settings =
        new MailSettings(
            host,
            port,
            security,
            user,
            password,
            ca,
            "interdict@example.com",
            List.of(),
            List.of(),
            false,
            List.of(),
            Duration.ofDays(7),
            Locale.ENGLISH,
            10,
            MailDomains.ALL);
    try (var smtp = new Smtp(settings)) {
      smtp.send(new Mail("key", "ada@example.com", "Subject", "plain", "<p>html</p>"));
    }
  }

  @Test
  void only_a_server_that_proves_its_name_gets_mail() throws Exception {
    assertThrows(IOException.class, () -> send("localhost", null), "nobody vouches for it");
    assertThrows(IOException.class, () -> send("127.0.0.1", certificate()), "another name");
    assertEquals(0, server.getReceivedMessages().length);
    send("localhost", certificate());
    assertEquals(1, server.getReceivedMessages().length);
    send("localhost", certificate());
    var got = server.getReceivedMessages();
    assertEquals(got[0].getMessageID(), got[1].getMessageID(), "the same mail has the same id");
  }

  private SSLContext presenting() throws Exception {
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(folder.resolve("mail.p12"))) {
      keys.load(in, "changeit".toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void with_starttls_mail_goes_only_to_who_proves_its_name() throws Exception {
    try (var honest = new StartTlsServer(presenting(), true)) {
      send("localhost", honest.port(), Security.STARTTLS, certificate());
      assertTrue(honest.covered.contains("Subject: Subject"), honest.covered.toString());
      honest.covered.clear();
      for (var wrong : List.of("127.0.0.1", "localhost")) {
        var ca = wrong.equals("localhost") ? null : certificate();
        assertThrows(
            IOException.class, () -> send(wrong, honest.port(), Security.STARTTLS, ca), wrong);
      }
      assertTrue(
          honest.covered.stream().noneMatch(line -> line.startsWith("MAIL")),
          honest.covered.toString());
      assertTrue(
          honest.clear.stream().noneMatch(line -> line.startsWith("MAIL")),
          honest.clear.toString());
    }
  }

  @Test
  void what_a_server_refuses_is_told_in_its_words_and_never_with_the_password() throws Exception {
    try (var server = new StartTlsServer(presenting(), true)) {
      var unknown = "550 5.1.1 User unknown";
      server.toRecipient = unknown;
      var gone = assertThrows(Smtp.RefusedException.class, () -> sendBy(server, null));
      assertEquals("the server refuses it: " + unknown, gone.getMessage());
      server.toRecipient = "450 4.2.0 Greylisted";
      var grey = assertThrows(IOException.class, () -> sendBy(server, null));
      assertEquals("SMTP: 450 4.2.0 Greylisted", grey.getMessage());
      server.toRecipient = null;
      for (var ours : List.of("553 5.7.1 not your address", "530 5.7.0 authenticate first")) {
        server.toSender = ours;
        var sender = assertThrows(IOException.class, () -> sendBy(server, null));
        assertTrue(String.valueOf(sender.getMessage()).contains(ours), sender.getMessage());
      }
      server.toSender = null;
      server.toPassword = "535 5.7.8 not that one:";
      var file = Files.writeString(folder.resolve("password"), "correct horse\n");
      var wrong = assertThrows(IOException.class, () -> sendBy(server, file));
      assertTrue(
          String.valueOf(wrong.getMessage()).contains("535 5.7.8 not that one: AUTH PLAIN ***"),
          wrong::toString);
      var other =
          assertThrows(
              IOException.class, () -> send("localhost", server.port(), Security.STARTTLS, null));
      assertTrue(
          String.valueOf(other.getMessage()).contains("certification path"), other::toString);
    }
  }

  private void sendBy(StartTlsServer server, @Nullable Path password) throws Exception {
    send(
        "localhost",
        server.port(),
        Security.STARTTLS,
        certificate(),
        password == null ? null : "interdict",
        password);
  }

  @Test
  void without_the_offer_of_tls_nothing_is_sent_in_the_clear() throws Exception {
    try (var downgraded = new StartTlsServer(presenting(), false)) {
      assertThrows(
          IOException.class,
          () -> send("localhost", downgraded.port(), Security.STARTTLS, certificate()));
      for (var line : downgraded.clear) {
        assertTrue(line.startsWith("EHLO") || line.startsWith("QUIT"), line);
      }
    }
  }

  @Test
  void without_tls_only_a_loopback_address_is_sent_to() {
    var settings =
        new MailSettings(
            "192.0.2.1",
            25,
            Security.NONE,
            null,
            null,
            null,
            "a@example.com",
            List.of(),
            List.of(),
            false,
            List.of(),
            Duration.ofDays(7),
            Locale.ENGLISH,
            10,
            MailDomains.ALL);
    assertThrows(IOException.class, () -> new Smtp(settings));
  }
}
