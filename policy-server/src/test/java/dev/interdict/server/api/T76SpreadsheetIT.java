package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.TestingOffice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 76: LibreOffice opens an export, and finds no formula in it. Left out where there is none;
/// `apt-get install libreoffice-calc-nogui` brings it.
@Tag("any-database")
@Order(2)
class T76SpreadsheetIT {
  private static final List<String> HOSTILE =
      List.of(
          "=1+2",
          "+1+2",
          "-1+2",
          "@SUM(1,2)",
          "\t=1+2",
          "=HYPERLINK(\"http://elsewhere.example/\")",
          "\"=1+2\"",
          "a\"b,c=1+2",
          "=cmd|' /C calc'!A0");

  @TempDir Path folder;

  private static @Nullable Path office() {
    return Stream.of("/usr/bin/soffice", "/usr/bin/libreoffice", "/usr/bin/localc")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /// Has the office read a CSV and write it as a spreadsheet of its own.
  private Path converted(Path office, Path csv) throws Exception {
    var process =
        new ProcessBuilder(
                office.toString(),
                "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                "--headless",
                "--convert-to",
                "fods",
                // Commas, quotes, UTF-8, numbers and formulas recognised as when it is opened.
                "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1",
                "--outdir",
                folder.toString(),
                csv.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
    assertEquals(0, process.exitValue(), said);
    var name = csv.getFileName().toString().replace(".csv", "");
    try (var made = Files.list(folder)) {
      return made.filter(path -> path.getFileName().toString().matches(name + ".*\\.fods"))
          .findFirst()
          .orElseThrow(() -> new IOException("nothing was made: " + said));
    }
  }

  /// How many cells hold a formula.
  private static int formulas(Path spreadsheet) throws IOException, XMLStreamException {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    var reader =
        factory.createXMLStreamReader(new ByteArrayInputStream(Files.readAllBytes(spreadsheet)));
    var formulas = 0;
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamReader.START_ELEMENT
          && reader.getLocalName().equals("table-cell")) {
        for (var i = 0; i < reader.getAttributeCount(); i++) {
          formulas += reader.getAttributeLocalName(i).equals("formula") ? 1 : 0;
        }
      }
    }
    return formulas;
  }

  @Test
  void a_spreadsheet_program_finds_no_formula_in_an_export() throws Exception {
    var soffice = office();
    Assumptions.assumeTrue(soffice != null, "no LibreOffice on this machine");
    try (var office = new TestingOffice(folder.resolve("server"))) {
      office.person("audrey", Role.AUDITOR);
      for (var i = 0; i < HOSTILE.size(); i++) {
        var device = office.device(HOSTILE.get(i).strip(), "R&D");
        office.reports(device, "some-tool", RuleState.PRESENT);
      }
      var audrey = Client.of(office, "audrey");
      for (var list : List.of("devices", "findings", "queue-items", "audit", "events")) {
        var export = audrey.get("/api/v1/exports/" + list + "?bom=true");
        assertEquals(200, export.statusCode(), export.body());
        var csv = Files.writeString(folder.resolve(list + ".csv"), export.body());
        assertEquals(0, formulas(converted(soffice, csv)), list);
      }
    }
  }

  /// Else the test above would prove nothing.
  @Test
  void without_the_apostrophe_it_finds_some() throws Exception {
    var soffice = office();
    Assumptions.assumeTrue(soffice != null, "no LibreOffice on this machine");
    var csv = Files.writeString(folder.resolve("naive.csv"), "name\n=1+2\n=3+4\n");
    assertFalse(formulas(converted(soffice, csv)) == 0);
  }
}
