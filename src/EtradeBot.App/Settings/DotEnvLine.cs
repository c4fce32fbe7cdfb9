using System.Text;

namespace EtradeBot.App.Settings;

/// <summary>Reads one line of a settings file from left to right.</summary>
sealed class DotEnvLine(string line)
{
    int _at;

    /// <summary>True for blank lines and comments.</summary>
    public bool IsEmpty => line.AsSpan().Trim() is [] or ['#', ..];

    /// <summary>What is wrong, once <see cref="Read"/> returned null.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Where, from 1.</summary>
    public int Column => _at + 1;

    public (string Name, string Value)? Read()
    {
        SkipBlanks();
        if (line.AsSpan(_at).StartsWith("export ") || line.AsSpan(_at).StartsWith("export\t"))
        {
            _at += "export".Length;
            SkipBlanks();
        }
        if (ReadName() is not { } name) return null;
        if (_at == line.Length) return Fail("no = follows the name: write NAME=VALUE, or NAME= to leave it unset");
        if (char.IsWhiteSpace(line[_at])) return Fail($"a blank follows the name {name}: write {name}=VALUE without blanks around =");
        if (line[_at] != '=') return Fail("a name consists of A-Z, a-z, 0-9 and _: write NAME=VALUE");
        _at++;
        return ReadValue(name) is { } value ? (name, value) : null;
    }

    string? ReadName()
    {
        var start = _at;
        while (_at < line.Length && (char.IsAsciiLetterOrDigit(line[_at]) || line[_at] == '_')) _at++;
        if (_at > start && !char.IsAsciiDigit(line[start])) return line[start.._at];
        if (_at > start) _at = start;
        Fail("a name begins with a letter or _: write NAME=VALUE");
        return null;
    }

    string? ReadValue(string name)
    {
        if (_at == line.Length) return "";
        if (line[_at] == '#') return Fail<string>($"# begins a comment only after a blank; quote the value of {name} if it begins with #");
        if (char.IsWhiteSpace(line[_at])) return RestIsComment() ? "" : Fail<string>($"a blank stands before the value of {name}: remove it, or quote the value if it is meant");
        return line[_at] is '\'' or '"' ? ReadQuoted(name) : ReadPlain(name);
    }

    string? ReadPlain(string name)
    {
        var start = _at;
        while (_at < line.Length)
        {
            if (char.IsControl(line[_at]) && line[_at] != '\t') return Fail<string>($"a control character stands in the value of {name}: put the value in double quotes and write \\n, \\r or \\t");
            if (line.AsSpan(_at).Trim().IsEmpty) return Fail<string>($"a blank follows the value of {name}: remove it, or quote the value if it is meant");
            if (RestIsComment()) break;
            _at++;
        }
        return line[start.._at];
    }

    string? ReadQuoted(string name)
    {
        var quote = line[_at];
        var opening = _at++;
        var value = new StringBuilder();
        while (_at < line.Length && line[_at] != quote)
        {
            if (quote == '"' && line[_at] == '\\')
            {
                if (Escaped() is not { } escaped) return Fail<string>($"unknown escape in the value of {name}: \\n \\r \\t \\\" \\$ and \\\\ are known; single quotes keep a \\ as it is");
                value.Append(escaped);
                _at += 2;
            }
            else
            {
                value.Append(line[_at++]);
            }
        }
        if (_at == line.Length)
        {
            _at = opening;
            return Fail<string>($"the quote of {name} is not closed on its line");
        }
        _at++;
        return _at == line.Length || RestIsComment() ? value.ToString() : line.AsSpan(_at).Trim().IsEmpty ? Fail<string>($"a blank follows the value of {name}: remove it")
            : Fail<string>($"something follows the closing quote of {name}: only a comment may");
    }

    char? Escaped() => _at + 1 == line.Length ? null : line[_at + 1] switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '"' => '"',
        '$' => '$',
        '\\' => '\\',
        _ => null,
    };

    /// <summary>True when only blanks and then a comment follow.</summary>
    bool RestIsComment() => char.IsWhiteSpace(line[_at]) && line.AsSpan(_at).TrimStart() is ['#', ..];

    void SkipBlanks()
    {
        while (_at < line.Length && char.IsWhiteSpace(line[_at])) _at++;
    }

    (string, string)? Fail(string problem)
    {
        Problem = problem;
        return null;
    }

    T? Fail<T>(string problem) where T : class
    {
        Problem = problem;
        return null;
    }
}
