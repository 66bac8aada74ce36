package dev.interdict.server.pdf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/// A document under construction. Nothing but its content goes into its bytes: no clock, no chance.
/// Not thread-safe.
public final class PdfDocument {
  /// The name of the Chinese font on a page; those of the others are their faces'.
  static final String CHINESE = "CHINESE";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("'D:'uuuuMMddHHmmss'Z'", Locale.ROOT);

  private final String title;
  private final String language;
  private final Instant made;
  private final List<PdfPage> pages = new ArrayList<>();

  /// @param language of its text, as BCP 47 has it
  /// @param made when, as it says of itself
  public PdfDocument(String title, String language, Instant made) {
    this.title = title;
    this.language = language;
    this.made = made;
  }

  /// A new page at the end.
  public PdfPage add() {
    var page = new PdfPage();
    pages.add(page);
    return page;
  }

  /// All pages so far.
  public List<PdfPage> pages() {
    return List.copyOf(pages);
  }

  /// The document as a file.
  public byte[] bytes() {
    var file = new Objects();
    var catalog = file.reserve();
    var tree = file.reserve();
    var info =
        file.add(
            "<< /Title %s /CreationDate (%s) /Producer (Interdict) >>"
                .formatted(text(title), DATE.format(made.atOffset(ZoneOffset.UTC))));
    var fonts = fonts(file);
    var kids = new ArrayList<Integer>();
    for (var page : pages) {
      var content = file.stream("", page.content());
      kids.add(
          file.add(
              "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Contents %d 0 R /Resources <<"
                      .formatted(
                          tree,
                          String.format(Locale.ROOT, "%.2f", PdfPage.WIDTH),
                          String.format(Locale.ROOT, "%.2f", PdfPage.HEIGHT),
                          content)
                  + " /Font << "
                  + fonts
                  + " >> >> >>"));
    }
    file.put(
        tree,
        "<< /Type /Pages /Count %d /Kids [%s] >>"
            .formatted(
                kids.size(),
                kids.stream().map(kid -> kid + " 0 R").collect(Collectors.joining(" "))));
    file.put(
        catalog,
        "<< /Type /Catalog /Pages %d 0 R /Lang %s /ViewerPreferences << /DisplayDocTitle true >> >>"
            .formatted(tree, text(language)));
    return file.end(catalog, info);
  }

  /// The resources of every page. Which of them a reader brings along ISO 32000-1 says in 9.6.2.2
  /// and 9.7.5.2.
  private static String fonts(Objects file) {
    var fonts = new StringBuilder();
    for (var face : Face.values()) {
      var descriptor =
          file.add(
              ("<< /Type /FontDescriptor /FontName /%s /Flags 32 /FontBBox [-166 -225 1000 931]"
                      + " /ItalicAngle 0 /Ascent 718 /Descent -207 /CapHeight 718 /StemV %d >>")
                  .formatted(face.base, face == Face.BOLD ? 140 : 88));
      var widths =
          IntStream.rangeClosed(Face.FIRST, Face.LAST)
              .mapToObj(octet -> Integer.toString(face.width(octet)))
              .collect(Collectors.joining(" "));
      var font =
          file.add(
              ("<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding /FirstChar"
                      + " %d /LastChar %d /Widths [%s] /FontDescriptor %d 0 R >>")
                  .formatted(face.base, Face.FIRST, Face.LAST, widths, descriptor));
      fonts.append("/").append(face.name()).append(" ").append(font).append(" 0 R ");
    }
    var descriptor =
        file.add(
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000"
                + " 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>");
    var cid =
        file.add(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo <<"
                + " /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor "
                + descriptor
                + " 0 R >>");
    var unicode = file.stream("", unicode());
    var chinese =
        file.add(
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
                + " /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>".formatted(cid, unicode));
    return fonts + "/" + CHINESE + " " + chinese + " 0 R";
  }

  /// Says that the codes of the Chinese font are UTF-16, for readers that extract text and do not
  /// know it by the encoding's name.
  private static byte[] unicode() {
    var ranges = new ArrayList<String>();
    for (var high = 0; high < 256; high++) {
      ranges.add("<%02X00> <%02XFF> <%02X00>".formatted(high, high, high));
    }
    var map =
        new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName"
                + " /Interdict-UTF16 def /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n"
                + "endcodespacerange\n");
    // At most a hundred in one block.
    for (var from = 0; from < ranges.size(); from += 64) {
      map.append("64 beginbfrange\n")
          .append(String.join("\n", ranges.subList(from, from + 64)))
          .append("\nendbfrange\n");
    }
    map.append("endcmap CMapName currentdict /CMap defineresource pop end end\n");
    return map.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(String text) {
    return "<FEFF"
        + HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_16BE))
        + ">";
  }

  /// The numbered objects of a file.
  private static final class Objects {
    private final List<byte[]> bodies = new ArrayList<>();

    int reserve() {
      bodies.add(new byte[0]);
      return bodies.size();
    }

    void put(int number, String body) {
      bodies.set(number - 1, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    int add(String body) {
      var number = reserve();
      put(number, body);
      return number;
    }

    int stream(String entries, byte[] content) {
      var deflated = deflated(content);
      var body = new ByteArrayOutputStream(deflated.length + 100);
      body.writeBytes(
          "<< /Length %d /Filter /FlateDecode%s >>\nstream\n"
              .formatted(deflated.length, entries)
              .getBytes(StandardCharsets.ISO_8859_1));
      body.writeBytes(deflated);
      body.writeBytes("\nendstream".getBytes(StandardCharsets.ISO_8859_1));
      bodies.add(body.toByteArray());
      return bodies.size();
    }

    private static byte[] deflated(byte[] content) {
      try (var deflater = new Deflater()) {
        deflater.setInput(content);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        while (!deflater.finished()) {
          out.write(buffer, 0, deflater.deflate(buffer));
        }
        return out.toByteArray();
      }
    }

    byte[] end(int catalog, int info) {
      var out = new ByteArrayOutputStream();
      // The second line says that the file is no text.
      out.writeBytes("%PDF-1.7\n%âãÏÓ\n".getBytes(StandardCharsets.ISO_8859_1));
      var table = new StringBuilder("0000000000 65535 f \n");
      for (var i = 0; i < bodies.size(); i++) {
        table.append(String.format(Locale.ROOT, "%010d 00000 n \n", out.size()));
        out.writeBytes(((i + 1) + " 0 obj\n").getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(bodies.get(i));
        out.writeBytes("\nendobj\n".getBytes(StandardCharsets.ISO_8859_1));
      }
      var start = out.size();
      var id = id(out.toByteArray());
      var count = bodies.size() + 1;
      out.writeBytes(
          ("xref\n0 "
                  + count
                  + "\n"
                  + table
                  + "trailer\n<< /Size "
                  + count
                  + " /Root "
                  + catalog
                  + " 0 R /Info "
                  + info
                  + " 0 R /ID [<"
                  + id
                  + "> <"
                  + id
                  + ">] >>\nstartxref\n"
                  + start
                  + "\n%%EOF\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      return out.toByteArray();
    }

    private static String id(byte[] content) {
      try {
        return HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java has no SHA-256", e);
      }
    }
  }
}
