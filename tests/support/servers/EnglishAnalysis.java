package wirewatch.testserver;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.PreConfiguredTokenFilter;
import org.elasticsearch.index.analysis.PreConfiguredTokenizer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/** Lucene's filters under the names that a stock server's analysis module gives them. */
public class EnglishAnalysis extends Plugin implements AnalysisPlugin {

    @Override
    public List<PreConfiguredTokenFilter> getPreConfiguredTokenFilters() {
        return List.of(
            PreConfiguredTokenFilter.singleton("porter_stem", false, PorterStemFilter::new),
            // Security's own indices name it; their answers do not depend on it here.
            PreConfiguredTokenFilter.singleton("unique", false, stream -> stream),
            PreConfiguredTokenFilter.singleton("asciifolding", true, ASCIIFoldingFilter::new));
    }

    @Override
    public List<PreConfiguredTokenizer> getPreConfiguredTokenizers() {
        return List.of(PreConfiguredTokenizer.singleton("uax_url_email", UAX29URLEmailTokenizer::new));
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "cjk_bigram", filter(EnglishAnalysis::bigrams),
            "pattern_capture", filter(EnglishAnalysis::patternCapture),
            "pattern_replace", filter(EnglishAnalysis::patternReplace),
            "snowball", filter(EnglishAnalysis::snowball),
            "stemmer_override", filter(EnglishAnalysis::stemmerOverride),
            "stemmer", filter(EnglishAnalysis::stemmer));
    }

    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        return Map.of("pattern_replace", new AnalysisProvider<>() {
            @Override
            public CharFilterFactory get(IndexSettings index, Environment environment, String name, Settings settings) {
                Pattern pattern = Pattern.compile(settings.get("pattern"));
                String replacement = settings.get("replacement", "");
                return new CharFilterFactory() {
                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public Reader create(Reader reader) {
                        return new PatternReplaceCharFilter(pattern, replacement, reader);
                    }
                };
            }

            @Override
            public boolean requiresAnalysisSettings() {
                return true;
            }
        });
    }

    private static UnaryOperator<TokenStream> bigrams(Settings settings) {
        int scripts = CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;
        for (String script : settings.getAsList("ignored_scripts")) {
            if (!"hangul".equals(script)) {
                throw new IllegalArgumentException("this test server ignores only hangul, not " + script);
            }
            scripts &= ~CJKBigramFilter.HANGUL;
        }
        int flags = scripts;
        return stream -> new CJKBigramFilter(stream, flags);
    }

    private static UnaryOperator<TokenStream> snowball(Settings settings) {
        String language = settings.get("language");
        return stream -> new SnowballFilter(stream, language);
    }

    private static UnaryOperator<TokenStream> patternCapture(Settings settings) {
        Pattern[] patterns = settings.getAsList("patterns").stream().map(Pattern::compile).toArray(Pattern[]::new);
        boolean preserve = settings.getAsBoolean("preserve_original", true);
        return stream -> new PatternCaptureGroupTokenFilter(stream, preserve, patterns);
    }

    private static UnaryOperator<TokenStream> patternReplace(Settings settings) {
        Pattern pattern = Pattern.compile(settings.get("pattern"));
        String replacement = settings.get("replacement", "");
        boolean all = settings.getAsBoolean("all", true);
        return stream -> new PatternReplaceFilter(stream, pattern, replacement, all);
    }

    private static UnaryOperator<TokenStream> stemmerOverride(Settings settings) {
        StemmerOverrideFilter.Builder rules = new StemmerOverrideFilter.Builder(false);
        for (String rule : settings.getAsList("rules")) {
            String[] sides = rule.split(" => ");
            rules.add(sides[0], sides[1]);
        }
        try {
            StemmerOverrideFilter.StemmerOverrideMap map = rules.build();
            return stream -> new StemmerOverrideFilter(stream, map);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static UnaryOperator<TokenStream> stemmer(Settings settings) {
        String language = settings.get("language", settings.get("name"));
        if (!"possessive_english".equals(language)) {
            throw new IllegalArgumentException("this test server stems only possessive_english, not " + language);
        }
        return EnglishPossessiveFilter::new;
    }

    private static AnalysisProvider<TokenFilterFactory> filter(Function<Settings, UnaryOperator<TokenStream>> make) {
        return new AnalysisProvider<>() {
            @Override
            public TokenFilterFactory get(IndexSettings index, Environment environment, String name, Settings settings) {
                UnaryOperator<TokenStream> wrap = make.apply(settings);
                return new TokenFilterFactory() {
                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public TokenStream create(TokenStream stream) {
                        return wrap.apply(stream);
                    }
                };
            }

            @Override
            public boolean requiresAnalysisSettings() {
                return true;
            }
        };
    }
}
