package dev.interdict.server.web.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gg.jte.output.StringOutput;
import org.junit.jupiter.api.Test;

class SvgTest {
  @Test
  void text_and_attributes_cannot_leave_their_place() {
    var svg = new Svg().text("</text><script>x</script>&'", "text", "class", "\"><script>");
    assertEquals(
        "<text class=\"&quot;&gt;&lt;script&gt;\">&lt;/text&gt;&lt;script&gt;x&lt;/script&gt;"
            + "&amp;&#39;</text>",
        svg.toString());
  }

  @Test
  void coordinates_are_written_the_same_in_every_locale() {
    assertEquals(
        "<rect x=\"1.5\" y=\"2\"/>", new Svg().leaf("rect", "x", 1.46, "y", 2.0).toString());
  }

  @Test
  void an_unfinished_drawing_is_not_shown() {
    var svg = new Svg().start("svg");
    assertThrows(IllegalStateException.class, () -> svg.writeTo(new StringOutput()));
  }
}
