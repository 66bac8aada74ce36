package dev.interdict.server.fleet.expected;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a column of a device list can hold.
public enum Column {
  SERIAL("serial", "serial-number", "serialnumber", "service-tag", "序列号"),
  ASSET("asset-tag", "asset", "asset-number", "资产编号"),
  HOST("hostname", "host", "host-name", "computer-name", "主机名"),
  OS("os", "operating-system", "platform", "操作系统"),
  DEPARTMENT("department", "dept", "部门"),
  PERSON("person", "owner", "user", "assigned-to", "使用人"),
  /// Who manages that person.
  MANAGER("manager", "line-manager", "supervisor", "经理"),
  /// Where the workstation is: an office, a plant, a city.
  SITE("site", "location", "office", "地点"),
  RING("ring", "环"),
  GROUPS("groups", "group", "组"),
  LIFECYCLE("lifecycle", "生命周期");

  private final List<String> names;

  Column(String... names) {
    this.names = List.of(names);
  }

  /// Its name in messages.
  public String word() {
    return names.getFirst();
  }

  /// The columns of a file.
  ///
  /// @param at where each stands, from 0
  /// @param ignored names of columns that say nothing here
  public record Header(Map<Column, Integer> at, Set<String> ignored) {
    public Header {
      at = Map.copyOf(at);
      ignored = Set.copyOf(ignored);
    }

    /// The value of a column, stripped; null where the file has no such column, or it is empty.
    @Nullable String value(Column column, List<String> values) {
      var index = at.get(column);
      if (index == null) {
        return null;
      }
      var value = values.get(index).strip();
      return value.isEmpty() ? null : value;
    }

    boolean has(Column column) {
      return at.containsKey(column);
    }
  }

  /// Understands a first line.
  ///
  /// @throws IllegalArgumentException if it names no column by which a device is known, or one
  ///   twice
  static Header header(List<String> names) {
    var at = new EnumMap<Column, Integer>(Column.class);
    var ignored = new TreeSet<String>();
    for (var i = 0; i < names.size(); i++) {
      var name = names.get(i).strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-");
      var column = Arrays.stream(values()).filter(each -> each.names.contains(name)).findAny();
      if (column.isEmpty()) {
        ignored.add(names.get(i).strip());
      } else if (at.put(column.get(), i) != null) {
        throw new IllegalArgumentException("has the column " + column.get().word() + " twice");
      }
    }
    if (!at.containsKey(SERIAL) && !at.containsKey(ASSET) && !at.containsKey(HOST)) {
      throw new IllegalArgumentException(
          "names neither serial, asset-tag nor hostname; the first line names the columns, out of "
              + Arrays.stream(values()).map(Column::word).collect(Collectors.joining(", ")));
    }
    return new Header(at, ignored);
  }
}
