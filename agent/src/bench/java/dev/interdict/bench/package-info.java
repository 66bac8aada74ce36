/// What signing and large lists cost, measured with JMH by [Benchmarks].
@NullMarked
package dev.interdict.bench;

import org.jspecify.annotations.NullMarked;
