package dev.interdict.server.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Test 78, of what is sent here: what somebody calls a file, and what an archive calls its
/// members, is no place on this server.
@Tag("any-database")
class T78UploadsTest {
  private static HttpRequest form(String fileName) {
    var body =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + fileName
            + "\"\r\nContent-Type: text/yaml\r\n\r\nid: some-tool\r\n--b--\r\n";
    return new HttpRequest(
        "POST",
        "/drafts",
        null,
        Map.of("content-type", List.of("multipart/form-data; boundary=b")),
        "127.0.0.1",
        false,
        Map.of(),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void what_a_file_is_called_is_not_looked_at() {
    for (var name :
        List.of("../../keys/root.pem", "/etc/passwd", "C:\\Windows\\x", "a/../../b", "%2e%2e/x")) {
      assertEquals("id: some-tool", form(name).field("file"), name);
    }
  }

  /// The server writes archives, and reads one compressed stream of its own backups, which has no
  /// names; so no name in an archive leads anywhere.
  @Test
  void no_archive_that_somebody_sent_is_unpacked() {
    var ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-test/"))
            .importPackages("dev.interdict.server");
    assertTrue(ours.size() > 500, () -> "only " + ours.size() + " classes");
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.zip\\.Zip(InputStream|File)|java\\.util\\.jar\\.Jar(InputStream|File)"
                + "|org\\.apache\\.commons\\.compress\\..*")
        .check(ours);
  }
}
