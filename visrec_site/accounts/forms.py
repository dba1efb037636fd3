from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from visrec_site.accounts.models import User


class SignInForm(allauth_forms.LoginForm):
    """Its label says what is asked for, in one language; a placeholder that repeats a label is noise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username or email")
        _without_placeholders(self)


class SignUpForm(allauth_forms.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_placeholders(self)


class NameForm(forms.ModelForm):
    """What others read of a person."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "about", "shows_likes", "meets_kindred"]
        labels = {"first_name": _("First name"), "last_name": _("Last name")}
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}


class WelcomeForm(forms.Form):
    """The owner's account, and the first choices for the site."""

    site_name = forms.CharField(label=_("Name of the site"), max_length=40, initial="VisRec")
    username = forms.CharField(label=_("Your username"), max_length=150, validators=[UnicodeUsernameValidator()])
    email = forms.EmailField(label=_("Your email address"))
    password1 = forms.CharField(
        label=_("Password"),
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    signup_open = forms.TypedChoiceField(
        label=_("Who may have an account?"),
        choices=[("yes", _("Anybody may sign up")), ("no", _("Only those I make an account for"))],
        coerce=lambda word: word == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    demo = forms.TypedChoiceField(
        label=_("What hangs on the walls?"),
        choices=[("no", _("Nothing yet: I bring my own pictures")), ("yes", _("A drawn demo gallery, to look around"))],
        coerce=lambda word: word == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("This name is taken."))
        return name

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=address).exists():
            raise forms.ValidationError(_("Somebody uses this address already."))
        return address

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        if first:
            try:
                validate_password(first, User(username=given.get("username", ""), email=given.get("email", "")))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return given


class DeleteForm(forms.Form):
    """Deleting everything asks for the password once more."""

    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password


def _without_placeholders(form: forms.BaseForm) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
