package dev.interdict.agent.sources.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.xml.stream.XMLStreamConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class XmlTest {
  @TempDir Path root;

  /// All character data of a document.
  private static String texts(String document) throws UnreadableException {
    var texts = new StringBuilder();
    Xml.read(
        document.getBytes(StandardCharsets.UTF_8),
        BytePath.parse("/x.xml"),
        xml -> {
          while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.CHARACTERS) {
              texts.append(xml.getText());
            }
          }
        });
    return texts.toString();
  }

  private static UnreadableException refused(String document) {
    return assertThrows(UnreadableException.class, () -> texts(document));
  }

  @Test
  void document_type_is_passed_over_and_nobody_is_asked_for_it() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(200);
      var document =
          "<!DOCTYPE p PUBLIC \"-//x//y\" \"http://127.0.0.1:%d/p.dtd\"><p>text</p>"
              .formatted(server.getLocalPort());
      assertEquals("text", texts(document));
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }

  @Test
  void entity_that_names_a_file_is_not_read() throws IOException {
    var canary = Files.writeString(root.resolve("canary"), "canary-7f3a");
    var refused =
        refused("<!DOCTYPE p [<!ENTITY e SYSTEM \"%s\">]><p>&e;</p>".formatted(canary.toUri()));
    assertEquals(Reason.MALFORMED, refused.reason());
    assertFalse(String.valueOf(refused.getMessage()).contains("canary-7f3a"));
  }

  @Test
  void entities_of_entities_do_not_grow() {
    var bomb = new StringBuilder("<!DOCTYPE p [<!ENTITY e0 \"0123456789\">");
    for (var i = 1; i < 12; i++) {
      bomb.append("<!ENTITY e%d \"%s\">".formatted(i, "&e%d;".formatted(i - 1).repeat(10)));
    }
    bomb.append("]><p>&e11;</p>");
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertEquals(Reason.MALFORMED, refused(bomb.toString()).reason()));
  }

  @Test
  void parameter_entity_is_not_fetched() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(200);
      var document =
          "<!DOCTYPE p [<!ENTITY %% e SYSTEM \"http://127.0.0.1:%d/e\">%%e;]><p>text</p>"
              .formatted(server.getLocalPort());
      assertEquals("text", texts(document));
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }

  @Test
  void deep_document_is_refused() {
    var deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);
    assertEquals(Reason.MALFORMED, refused(deep).reason());
  }

  @Test
  void broken_document_is_malformed_and_not_quoted() {
    var refused = refused("<p canary-7f3a");
    assertEquals(Reason.MALFORMED, refused.reason());
    assertFalse(String.valueOf(refused.getMessage()).contains("canary"));
  }
}
