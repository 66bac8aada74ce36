/// What can lie anywhere in a home: one bounded walk of the folders that people work in, shown to a
/// list of finders.
@NullMarked
package dev.interdict.agent.sources.projects;

import org.jspecify.annotations.NullMarked;
