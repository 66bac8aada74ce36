package dev.interdict.server.web.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Language;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Words;
import gg.jte.Content;
import gg.jte.output.StringOutput;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class BurndownTest {
  private static final Words WORDS = Words.in(Language.EN);
  private static final Instant START = Instant.parse("2026-06-12T02:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"PT20S", "PT2M", "PT3H", "P3D", "P28D", "P400D"})
  void a_course_of_any_length_has_round_times_and_stays_on_the_paper(String length)
      throws Exception {
    var span = Duration.parse(length);
    for (var share : List.of(0.2, 0.9, 1.3)) {
      var now = START.plusMillis((long) (span.toMillis() * share));
      var drawing = text(course(span, now, 30).wide(WORDS));
      var document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(drawing)));
      var circles = document.getElementsByTagName("circle");
      for (var i = 0; i < circles.getLength(); i++) {
        var x = circles.item(i).getAttributes().getNamedItem("cx").getNodeValue();
        var y = circles.item(i).getAttributes().getNamedItem("cy").getNodeValue();
        assertTrue(Double.parseDouble(x) >= 46 && Double.parseDouble(x) <= 836, drawing);
        assertTrue(Double.parseDouble(y) >= 46 && Double.parseDouble(y) <= 272, drawing);
      }
      assertTrue(drawing.contains("Effective"), drawing);
      assertFalse(drawing.contains("style="), drawing);
    }
  }

  @Test
  void a_single_measurement_is_no_line_and_no_forecast() {
    var drawing = text(course(Duration.ofMinutes(2), START.plusSeconds(10), 1).wide(WORDS));
    assertTrue(drawing.contains("The line starts with the second measurement"));
    assertFalse(drawing.contains("class=\"line\""));
    assertFalse(drawing.contains("class=\"guess\""));
  }

  @Test
  void days_that_were_not_measured_are_a_gap_in_the_line() {
    var points = new java.util.ArrayList<Point>();
    for (var day : new int[] {0, 1, 2, 5, 6, 7, 8}) {
      points.add(new Point(START.plus(Duration.ofDays(day)), 100 - day));
    }
    var now = START.plus(Duration.ofDays(8));
    var burndown =
        new Burndown(
            points, START, now.plus(Duration.ofDays(9)), now, List.of(), null, ZoneOffset.UTC);
    var drawing = text(burndown.wide(WORDS));
    assertEquals(3, drawing.split("class=\"line\"", -1).length);
    for (var most : new int[] {2, 4, 240}) {
      var lines = burndown.lines(most);
      assertEquals(2, lines.size());
      assertEquals(points.get(2), lines.getFirst().getLast());
      assertEquals(points.get(3), lines.getLast().getFirst());
    }
  }

  @Test
  void a_time_that_was_chosen_ends_where_it_ends_wherever_the_date_is() {
    var plain = course(Duration.ofDays(28), START.plus(Duration.ofDays(10)), 30);
    for (var cut : new boolean[] {true, false}) {
      var data =
          new Burndown(
              plain.points(),
              START,
              plain.effective(),
              plain.now(),
              List.of(),
              null,
              ZoneOffset.UTC,
              cut);
      var layer = text(BurndownPoints.wide(data, WORDS, Href.to("/rules", "x")));
      assertEquals(!cut, text(data.wide(WORDS)).contains(">Effective "));
      assertEquals(!cut, layer.contains("#at-" + data.effective().getEpochSecond()));
      assertEquals(!cut, data.end().isAfter(data.effective()));
    }
  }

  @Test
  void no_measurement_says_so_to_those_who_cannot_see_it() {
    var drawing = text(course(Duration.ofDays(7), START, 0).wide(WORDS));
    assertTrue(drawing.contains("aria-label=\"No measurements yet; effective"), drawing);
  }

  @Test
  void an_event_with_a_hostile_name_stays_text() {
    var name = "<script>alert(1)</script>";
    var mark = new Burndown.Mark(START.plus(Duration.ofDays(10)), name);
    var plain = course(Duration.ofDays(28), START.plus(Duration.ofDays(20)), 30);
    var drawing =
        text(
            new Burndown(
                    plain.points(),
                    START,
                    plain.effective(),
                    plain.now(),
                    List.of(mark),
                    null,
                    ZoneOffset.UTC)
                .wide(WORDS));
    assertFalse(drawing.contains(name));
    assertTrue(drawing.contains("&lt;script&gt;"));
  }

  @Test
  void events_lead_to_their_dates_and_every_place_says_what_it_shows() {
    var mark = new Burndown.Mark(START.plus(Duration.ofDays(2)), "a \"wave\"");
    var plain = course(Duration.ofDays(28), START.plus(Duration.ofDays(20)), 30);
    var data =
        new Burndown(
            plain.points(),
            START,
            plain.effective(),
            plain.now(),
            List.of(mark),
            null,
            ZoneOffset.UTC);
    var layer = text(BurndownPoints.wide(data, WORDS, Href.to("/rules", "x")));
    for (var at : List.of(START, mark.at(), data.effective())) {
      assertTrue(layer.contains("href=\"/rules/x#at-" + at.getEpochSecond() + "\""), layer);
    }
    assertTrue(layer.contains("a &quot;wave&quot;, "));
    assertEquals(30, layer.split(" devices&quot;]", -1).length - 1);
  }

  @Test
  void a_small_one_draws_the_line_only_where_there_is_one() {
    var full = course(Duration.ofDays(28), START.plus(Duration.ofDays(20)), 30);
    var drawn = text(new Miniature(full.points(), START, full.effective()).draw());
    assertTrue(drawn.contains("class=\"line\" d=\"M3 "), drawn);
    var bare = text(new Miniature(List.of(), START, full.effective()).draw());
    assertFalse(bare.contains("class=\"line\""));
    assertTrue(bare.contains("class=\"date\""));
  }

  @Test
  void thinning_keeps_the_first_and_the_last() {
    var burndown = course(Duration.ofDays(28), START.plus(Duration.ofDays(28)), 1000);
    var thinned = burndown.thinned(40);
    assertEquals(40, thinned.size());
    assertEquals(burndown.points().getFirst(), thinned.getFirst());
    assertEquals(burndown.points().getLast(), thinned.getLast());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 4, 5, 99, 1354, 200_000})
  void counts_on_the_axis_are_few_round_and_reach_the_highest(long most) {
    var counts = Ticks.counts(most);
    assertTrue(counts.getLast() >= most && counts.size() <= 6, counts.toString());
    assertTrue(counts.size() < 3 || counts.get(counts.size() - 2) < most, counts.toString());
    assertEquals(0, counts.getFirst());
  }

  @Test
  void times_on_the_axis_meet_the_effective_day() {
    var effective = Instant.parse("2026-07-10T00:00:00Z");
    var ticks = Ticks.times(START, effective.plusSeconds(1), effective, 7, ZoneOffset.UTC);
    assertEquals(effective, ticks.at().getLast());
    assertEquals(Duration.ofDays(7), ticks.step());
  }

  private static Burndown course(Duration span, Instant now, int points) {
    var step = points < 2 ? Duration.ZERO : Duration.between(START, now).dividedBy(points - 1);
    var measured =
        LongStream.range(0, points)
            .mapToObj(i -> new Point(START.plus(step.multipliedBy(i)), 1000 - i))
            .toList();
    return new Burndown(measured, START, START.plus(span), now, List.of(), null, ZoneOffset.UTC);
  }

  private static String text(Content content) {
    var output = new StringOutput();
    content.writeTo(output);
    return output.toString();
  }
}
