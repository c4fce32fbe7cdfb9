namespace EtradeBot.App.Broker;

public class AuthorizePageTests
{
    static readonly Uri Page = new("http://127.0.0.1:8600/e/t/etws/authorize?key=k&token=t%2F1");

    [Theory]
    [InlineData("""<p>Code</p><input type="text" id="oauth_verifier" readonly value="WXYZ89">""")]
    [InlineData("""<INPUT VALUE='WXYZ89' ID=oauth_verifier>""")]
    [InlineData("""<input title="a > b" id="oauth_verifier" value="WXYZ89"/>""")]
    [InlineData("""<div class="x"><strong id="oauth_verifier"> WXYZ89 </strong></div>""")]
    [InlineData("""<span id="other">NOPE12</span><span id="oauth_verifier">WXYZ89</span>""")]
    public void The_code_is_the_marked_element(string html) => Assert.Equal("WXYZ89", AuthorizePage.CodeOfPage(html));

    [Theory]
    [InlineData("")]
    [InlineData("<p>oauth_verifier</p>")]
    [InlineData("""<input id="oauth_verifier" value="">""")]
    [InlineData("""<p data-id="oauth_verifier">WXYZ89</p>""")]
    public void A_page_without_it_shows_no_code(string html) => Assert.Null(AuthorizePage.CodeOfPage(html));

    [Fact]
    public void A_form_is_accepted_with_its_hidden_fields_and_never_declined()
    {
        var form = AuthorizePage.Accept("""
            <form method="post" action="/e/t/etws/authorize">
            <input type="hidden" name="key" value="k"><input type="hidden" name="token" value="t/1&amp;=+">
            <input type="submit" name="answer" value="Decline"><button name="answer" value="Accept">Accept</button></form>
            """, Page);
        Assert.Equal("http://127.0.0.1:8600/e/t/etws/authorize", form!.Value.Action.AbsoluteUri);
        Assert.Equal([("key", "k"), ("token", "t/1&=+"), ("answer", "Accept")], form.Value.Fields.Select(field => (field.Key, field.Value)));
    }

    [Fact]
    public void A_form_without_an_action_goes_to_its_own_page() => Assert.Equal(Page, AuthorizePage.Accept("<form method=post></form>", Page)!.Value.Action);
}
