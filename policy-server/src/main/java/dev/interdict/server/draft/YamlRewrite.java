package dev.interdict.server.draft;

import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Gives a text other values and leaves everything else in it as it stands: remarks, the order of
/// members, quotes, and values that stay the same. What comes out is read again and has to hold
/// exactly the values that were asked for; a text of which that cannot be had is not written at
/// all.
public final class YamlRewrite {
  private record Splice(int from, int to, String put) {}

  private final String text;
  private final List<Splice> splices = new ArrayList<>();

  private YamlRewrite(String text) {
    this.text = text;
  }

  /// The text with the values of `wanted`.
  ///
  /// @param text that [YamlFile] reads
  /// @return empty where the text is written in a way that this cannot follow, such as a remark
  ///   within braces that would be lost
  public static Optional<String> of(String text, Json.Obj wanted) {
    if (!(read(text) instanceof Json.Obj present)) {
      return Optional.empty();
    }
    var settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(YamlFile.MAX_BYTES).build();
    var rewrite = new YamlRewrite(text);
    var node = new Compose(settings).composeString(text);
    if (node.isEmpty() || !rewrite.value(node.get(), present, wanted)) {
      return Optional.empty();
    }
    var written = rewrite.written();
    return wanted.equals(read(written)) ? Optional.of(written) : Optional.empty();
  }

  private static @Nullable Json read(String text) {
    return YamlFile.read("text", text.getBytes(StandardCharsets.UTF_8))
            instanceof YamlFile.Reading.Read(var file)
        ? file.json()
        : null;
  }

  private String written() {
    var out = new StringBuilder(text);
    // From the end on, so that what is before keeps its place; at one place the last first.
    var inOrder = new ArrayList<>(splices);
    inOrder.sort(Comparator.comparingInt(Splice::from));
    for (var splice : inOrder.reversed()) {
      out.replace(splice.from, splice.to, splice.put);
    }
    return out.toString();
  }

  /// Whether it could be done.
  private boolean value(Node node, Json present, Json wanted) {
    if (present.equals(wanted)) {
      return true;
    }
    if (node instanceof MappingNode mapping
        && mapping.getFlowStyle() == FlowStyle.BLOCK
        && present instanceof Json.Obj now
        && wanted instanceof Json.Obj then
        && now.members().keySet().stream().anyMatch(then.members()::containsKey)) {
      return members(mapping, now, then);
    }
    if (node instanceof SequenceNode sequence
        && sequence.getFlowStyle() == FlowStyle.BLOCK
        && present instanceof Json.Arr now
        && wanted instanceof Json.Arr then
        && now.items().stream().anyMatch(new HashSet<>(then.items())::contains)) {
      items(sequence, now.items(), then.items());
      return true;
    }
    return whole(node, wanted);
  }

  private boolean whole(Node node, Json wanted) {
    var from = start(node);
    var to = end(node);
    var old = text.substring(from, to);
    if (!(node instanceof ScalarNode) && old.contains("\n") && old.contains("#")) {
      return false;
    }
    var space = from > 0 && text.charAt(from - 1) == ':' ? " " : "";
    splices.add(new Splice(from, to, space + YamlText.inline(wanted)));
    return true;
  }

  private boolean members(MappingNode node, Json.Obj present, Json.Obj wanted) {
    var tuples = node.getValue();
    for (var i = 0; i < tuples.size(); i++) {
      var name = ((ScalarNode) tuples.get(i).getKeyNode()).getValue();
      var now = present.get(name);
      var then = wanted.get(name);
      if (now == null) {
        return false;
      }
      if (then == null) {
        take(tuples, i);
      } else if (!value(tuples.get(i).getValueNode(), now, then)) {
        return false;
      }
    }
    var added = new LinkedHashMap<String, Json>(wanted.members());
    added.keySet().removeAll(present.members().keySet());
    if (!added.isEmpty()) {
      var indent = " ".repeat(column(tuples.getFirst().getKeyNode()));
      var last = tuples.getLast().getValueNode();
      after(end(last), block(YamlText.of(new Json.Obj(added)), indent));
    }
    return true;
  }

  /// Takes a member away, with the rest of its line.
  private void take(List<NodeTuple> tuples, int i) {
    var from = start(tuples.get(i).getKeyNode());
    var line = lineStart(from);
    if (text.substring(line, from).isBlank()) {
      splices.add(new Splice(line, nextLine(end(tuples.get(i).getValueNode())), ""));
    } else if (i + 1 < tuples.size()) {
      // Behind the dash of a list's item: the next member moves there.
      splices.add(new Splice(from, start(tuples.get(i + 1).getKeyNode()), ""));
    }
  }

  /// What stays keeps its line; what is new comes after what it follows.
  private void items(SequenceNode node, List<Json> present, List<Json> wanted) {
    var indent = " ".repeat(column(node));
    var left = new HashMap<Json, Integer>();
    wanted.forEach(item -> left.merge(item, 1, Integer::sum));
    var next = 0;
    var last = lineStart(start(node.getValue().getFirst()));
    for (var i = 0; i < present.size(); i++) {
      var item = present.get(i);
      var from = lineStart(start(node.getValue().get(i)));
      var to = nextLine(end(node.getValue().get(i)));
      if (left.getOrDefault(item, 0) == 0) {
        splices.add(new Splice(from, to, ""));
        last = to;
        continue;
      }
      for (; next < wanted.size() && !wanted.get(next).equals(item); next++) {
        insert(last, indent, wanted.get(next), left);
      }
      left.merge(item, -1, Integer::sum);
      next++;
      last = to;
    }
    for (; next < wanted.size(); next++) {
      insert(last, indent, wanted.get(next), left);
    }
  }

  private void insert(int at, String indent, Json item, Map<Json, Integer> left) {
    left.merge(item, -1, Integer::sum);
    add(at, block("- " + YamlText.item(item) + "\n", indent));
  }

  private void after(int end, String lines) {
    add(nextLine(end), lines);
  }

  private void add(int at, String lines) {
    var apart =
        at > 0 && text.charAt(at - 1) != '\n' && splices.stream().noneMatch(one -> one.from == at);
    splices.add(new Splice(at, at, apart ? "\n" + lines : lines));
  }

  private static String block(String lines, String indent) {
    return lines.indent(indent.length());
  }

  private int start(Node node) {
    return offset(node.getStartMark().orElseThrow().getIndex());
  }

  private static int column(Node node) {
    return node.getStartMark().orElseThrow().getColumn();
  }

  /// Where the value's last character is, without the blank lines and remarks that the parser
  /// counts to what comes before them.
  private int end(Node node) {
    if (node instanceof MappingNode mapping
        && mapping.getFlowStyle() == FlowStyle.BLOCK
        && !mapping.getValue().isEmpty()) {
      return end(mapping.getValue().getLast().getValueNode());
    }
    if (node instanceof SequenceNode sequence
        && sequence.getFlowStyle() == FlowStyle.BLOCK
        && !sequence.getValue().isEmpty()) {
      return end(sequence.getValue().getLast());
    }
    var end = offset(node.getEndMark().orElseThrow().getIndex());
    var start = start(node);
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /// Marks count code points.
  private int offset(int codePoints) {
    return text.offsetByCodePoints(0, codePoints);
  }

  private int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  private int nextLine(int at) {
    var end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }
}
