using System.Collections;

namespace EtradeBot.Simulator.Protocol.Rendering;

/// <summary>An answer's content, the same for XML and JSON: members in order, each a value, an element, or a list of elements.</summary>
sealed class Element : IEnumerable<Member>
{
    readonly List<Member> _members = [];

    public Element()
    {
    }

    public Element(IEnumerable<Member> members) => _members.AddRange(members);

    public IReadOnlyList<Member> Members => _members;

    public void Add(string name, string value) => Add(name, Scalar.Of(value));

    public void Add(string name, bool value) => Add(name, Scalar.Of(value));

    public void Add(string name, int value) => Add(name, Scalar.Of((long)value));

    public void Add(string name, long value) => Add(name, Scalar.Of(value));

    public void Add(string name, decimal value) => Add(name, Scalar.Of(value));

    public void Add(string name, double value) => Add(name, Scalar.Of(value));

    public void Add(string name, Scalar value) => _members.Add(new Member(name) { Value = value });

    public void Add(Member member) => _members.Add(member);

    /// <summary>Left out when null.</summary>
    public void Add(string name, Element? child)
    {
        if (child is not null) _members.Add(new Member(name) { Child = child });
    }

    /// <summary>A list, which XML writes as repeated elements and JSON as an array even with one entry.</summary>
    public void Add(string name, IEnumerable<Element> list) => _members.Add(new Member(name) { List = [.. list] });

    /// <summary>A whole number 0 when there is no price, as the broker writes it.</summary>
    public void AddPrice(string name, decimal? price) => Add(name, price is { } given ? Scalar.Of(given) : Scalar.Of(0L));

    public Element With(string name, Scalar value)
    {
        Add(name, value);
        return this;
    }

    public IEnumerator<Member> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A named part of an element: one of the three is set.</summary>
sealed record Member(string Name)
{
    public Scalar? Value { get; init; }

    public Element? Child { get; init; }

    public IReadOnlyList<Element>? List { get; init; }
}
