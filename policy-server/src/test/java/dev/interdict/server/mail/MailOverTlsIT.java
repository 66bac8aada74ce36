package dev.interdict.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.interdict.server.mail.MailSettings.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
    var settings =
        new MailSettings(
            host,
            server.getSmtps().getPort(),
            Security.TLS,
            null,
            null,
            ca,
            "interdict@example.com",
            List.of(),
            List.of(),
            false,
            List.of(),
            Duration.ofDays(7),
            Locale.ENGLISH,
            10);
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
            10);
    assertThrows(IOException.class, () -> new Smtp(settings));
  }
}
