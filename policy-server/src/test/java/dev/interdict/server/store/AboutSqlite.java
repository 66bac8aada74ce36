package dev.interdict.server.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/// A test of what only SQLite has, such as its file: left out where the tests run on PostgreSQL.
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
    named = "interdict.database",
    matches = "postgresql",
    disabledReason = "is about SQLite's own file")
public @interface AboutSqlite {}
